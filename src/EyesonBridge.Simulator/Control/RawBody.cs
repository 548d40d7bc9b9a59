using System.Text;
using System.Text.Json;

namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>raw</c> and <c>frame</c>: JSON as <c>message</c>, or any <c>text</c>, or bytes in <c>base64</c> for what is no text.</summary>
internal sealed record RawBody(JsonElement? Message = null, string? Text = null, string? Base64 = null, int Fragments = 1)
{
    /// <exception cref="JsonException">Neither is given, or it is no base64.</exception>
    public byte[] Bytes()
    {
        if (Message is { } message)
            return Encoding.UTF8.GetBytes(message.GetRawText());
        if (Text is not null)
            return Encoding.UTF8.GetBytes(Text);

        var buffer = new byte[Base64?.Length ?? 0];
        return Base64 is not null && Convert.TryFromBase64String(Base64, buffer, out var length)
            ? buffer[..length]
            : throw new JsonException("Give JSON as 'message', or 'text', or bytes as 'base64'.");
    }
}
