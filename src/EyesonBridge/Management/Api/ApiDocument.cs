using System.Text.Json.Nodes;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EyesonBridge.Management.Api;

/// <summary>The OpenAPI document of <c>/api</c>, made from its endpoints when it is asked for; <c>docs/openapi.json</c> is a copy.</summary>
internal static class ApiDocument
{
    public const string Path = StatusApi.Prefix + "/openapi.json";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = static endpoint => endpoint.RelativePath?.StartsWith(StatusApi.Prefix[1..], StringComparison.Ordinal) is true;
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "EyesonBridge",
                Version = "1.0.0",
                Description = "What the status page shows, for programs: read only, on the management port. Properties can be added; the version is that of this interface.",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                parameter.Schema = SchemaOf(parameter.Name) ?? parameter.Schema;
                if (parameter.Schema?.Type == JsonSchemaType.Array)
                    parameter.Explode = false; // separated by commas
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Parameters that are read as text, so that one that is wrong is answered with what is wrong.</summary>
    private static OpenApiSchema? SchemaOf(string? parameter) => parameter switch
    {
        "limit" => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = RoomQuestion.MaxLimit.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = RoomQuestion.DefaultLimit,
        },
        "state" => new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. Enum.GetValues<ObservationStatus>().Select(static status => (JsonNode)EnumNames<ObservationStatus>.Of(status))],
            },
        },
        _ => null,
    };
}
