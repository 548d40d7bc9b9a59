using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Chat and custom messages. Who sent what when identifies one, as long as the wire says when.</summary>
internal static class Messages
{
    public static void Apply(MeetingDraft draft, Wire.ChatMessage chat) =>
        draft.Add(
            new ChatMessageSent { Content = chat.Content!, UserId = chat.UserId, ClientId = chat.ClientId },
            Identity(draft, "chat", chat.UserId, chat.ClientId, chat.CreatedAt, chat.Content!),
            chat.CreatedAt);

    public static void Apply(MeetingDraft draft, Wire.CustomMessage custom) =>
        draft.Add(
            new CustomMessageSent { Content = custom.Content!, UserId = custom.UserId, ClientId = custom.ClientId },
            Identity(draft, "custom", custom.UserId, custom.ClientId, custom.CreatedAt, custom.Content!),
            custom.CreatedAt);

    private static Guid? Identity(
        MeetingDraft draft, string type, string? userId, string? clientId, DateTimeOffset? sentAt, string content) =>
        sentAt is { } at ? EventIdentity.Message(type, draft.Context.RoomId, userId, clientId, at, content) : null;
}
