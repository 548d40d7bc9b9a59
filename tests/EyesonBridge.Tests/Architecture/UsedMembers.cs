using System.Reflection;
using System.Reflection.Emit;

namespace EyesonBridge.Tests.Architecture;

/// <summary>What a type uses: in its declaration, in the signatures of its members, and in their code.</summary>
internal static class UsedMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Every type, method and field that <paramref name="type"/> names.</summary>
    public static IEnumerable<MemberInfo> Of(Type type) =>
        [
            .. type.GetInterfaces(),
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetFields(Declared).Select(field => field.FieldType),
            .. type.GetMethods(Declared).SelectMany(OfMethod),
            .. type.GetConstructors(Declared).SelectMany(OfMethod),
        ];

    /// <summary>The types in <paramref name="member"/>: where it is declared, its signature, and the arguments of generic types.</summary>
    public static IEnumerable<Type> TypesOf(MemberInfo member) => (member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, method.ReturnType, .. method.GetGenericArguments(), .. Parameters(method)],
        MethodInfo method => [method.DeclaringType!, method.ReturnType, .. Parameters(method)],
        MethodBase constructor => [constructor.DeclaringType!, .. Parameters(constructor)],
        _ => Type.EmptyTypes,
    }).SelectMany(Unfold);

    private static IEnumerable<Type> Unfold(Type type)
    {
        if (type.HasElementType)
            return Unfold(type.GetElementType()!);
        if (type.IsGenericParameter)
            return [];

        return type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Unfold)] : [type];
    }

    private static IEnumerable<Type> Parameters(MethodBase method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static IEnumerable<MemberInfo> OfMethod(MethodBase method)
    {
        foreach (var type in TypesOf(method))
            yield return type;

        if (method.GetMethodBody() is not { } body)
            yield break;

        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        foreach (var caught in body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause))
            yield return caught.CatchType!;
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            yield return method.Module.ResolveMember(token, typeArguments, methodArguments)!;
        }
    }

    /// <summary>The metadata tokens of types, methods and fields in the code.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++] is var first && first == 0xFE ? unchecked((short)(0xFE00 | code[at++])) : first;
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
