using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>The user whom Eyeson names beside something.</summary>
internal static class Users
{
    public static MeetingUser? ToContract(Wire.User? user) =>
        user is { Id: { } id }
            ? new MeetingUser
            {
                Id = id,
                Name = user.Name,
                Avatar = user.Avatar,
                IsGuest = user.Guest ?? false,
                JoinedAt = user.JoinedAt?.ToUniversalTime(),
            }
            : null;
}
