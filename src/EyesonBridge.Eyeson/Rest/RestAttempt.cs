namespace EyesonBridge.Eyeson.Rest;

/// <summary>One try of a call.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="NothingSent">True when it failed before anything of the request was sent.</param>
internal readonly record struct RestAttempt<T>(RestResult<T> Result, bool NothingSent = false)
    where T : class;
