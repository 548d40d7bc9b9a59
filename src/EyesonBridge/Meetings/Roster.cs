using System.Collections.Immutable;
using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Who is in the meeting. For each participant, joining and leaving alternate.</summary>
internal static class Roster
{
    /// <summary>One participant, from <c>participant_update</c>.</summary>
    public static void Apply(MeetingDraft draft, Wire.User user)
    {
        var roster = draft.State.Participants;
        var at = IndexOf(roster, user.Id!);
        if (user.Online == false)
        {
            if (at < 0)
                return;

            var left = user.Name is null ? roster[at] : ToContract(user);
            draft.State = draft.State with { Participants = roster.RemoveAt(at) };
            draft.Add(new ParticipantLeft { Participant = left });
            return;
        }

        var present = ToContract(user);
        if (at < 0)
        {
            draft.State = draft.State with { Participants = roster.Add(present) };
            draft.Add(new ParticipantJoined { Participant = present });
        }
        else if (roster[at] != present)
        {
            draft.State = draft.State with { Participants = roster.SetItem(at, present) };
        }
    }

    /// <summary>Everybody who is there, from <c>room_update</c>.</summary>
    public static void Compare(MeetingDraft draft, IReadOnlyList<Wire.User> users)
    {
        var present = new Dictionary<string, Wire.User>(users.Count, StringComparer.Ordinal);
        var isWhole = true;
        foreach (var user in users)
        {
            if (user.Id is not { } id)
                isWhole = false;
            else if (user.Online != false)
                present[id] = user;
        }

        if (!isWhole)
            draft.LeaveOut(Unrecognized.EntryWithoutId);

        foreach (var participant in draft.State.Participants)
        {
            if (present.ContainsKey(participant.Id) || (!isWhole && !IsSaidToBeGone(participant.Id, users)))
                continue;

            draft.State = draft.State with { Participants = draft.State.Participants.Remove(participant) };
            draft.Add(new ParticipantLeft { Participant = participant });
        }

        foreach (var user in present.Values)
            Apply(draft, user);
    }

    private static bool IsSaidToBeGone(string id, IReadOnlyList<Wire.User> users) =>
        users.Any(user => user.Online == false && string.Equals(user.Id, id, StringComparison.Ordinal));

    private static int IndexOf(ImmutableArray<Participant> roster, string id)
    {
        for (var i = 0; i < roster.Length; i++)
        {
            if (string.Equals(roster[i].Id, id, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private static Participant ToContract(Wire.User user) => new()
    {
        Id = user.Id!,
        Name = user.Name,
        Avatar = user.Avatar,
        IsGuest = user.Guest ?? false,
    };
}
