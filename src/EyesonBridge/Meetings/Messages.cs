using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Chat and custom messages. Who sent what when identifies one, as long as the wire says when.</summary>
internal static class Messages
{
    public static void Apply(MeetingDraft draft, Wire.MeetingMessage message, string content)
    {
        RoomEvent sent = message is Wire.ChatMessage
            ? new ChatMessageSent { Content = content, UserId = message.UserId, ClientId = message.ClientId }
            : new CustomMessageSent { Content = content, UserId = message.UserId, ClientId = message.ClientId };
        Guid? identity = message.CreatedAt is { } at
            ? EventIdentity.Message(message.Type!, draft.Context.RoomId, message.UserId, message.ClientId, at, content)
            : null;
        draft.Add(sent, identity, message.CreatedAt);
    }
}
