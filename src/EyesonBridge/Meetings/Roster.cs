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

        // In one pass, as a list may be as long as a frame allows.
        var saidToBeGone = isWhole ? null : users.Where(static user => user.Online == false).Select(static user => user.Id).ToHashSet(StringComparer.Ordinal);
        var roster = draft.State.Participants;
        var next = ImmutableArray.CreateBuilder<Participant>(Math.Max(roster.Length, present.Count));
        var isChanged = false;
        foreach (var participant in roster)
        {
            if (present.Remove(participant.Id, out var user))
            {
                var now = ToContract(user);
                isChanged |= now != participant;
                next.Add(now);
            }
            else if (saidToBeGone?.Contains(participant.Id) is false)
            {
                next.Add(participant);
            }
            else
            {
                isChanged = true;
                draft.Add(new ParticipantLeft { Participant = participant });
            }
        }

        foreach (var user in present.Values)
        {
            isChanged = true;
            var joined = ToContract(user);
            next.Add(joined);
            draft.Add(new ParticipantJoined { Participant = joined });
        }

        if (isChanged)
            draft.State = draft.State with { Participants = next.DrainToImmutable() };
    }

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
