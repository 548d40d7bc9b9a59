using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>The arrangement of the screen: an event only when something differs, and it names what.</summary>
internal static class Layouts
{
    /// <summary>The whole state from <c>room_update</c>: an arrangement that is seen for the first time has not changed.</summary>
    public static void Compare(MeetingDraft draft, Wire.RoomOptions options)
    {
        if (draft.State.Layout is null)
            draft.State = draft.State with { Layout = ToContract(options) };
        else
            Apply(draft, options);
    }

    /// <summary>The arrangement that somebody chose, from <c>options_update</c>.</summary>
    public static void Apply(MeetingDraft draft, Wire.RoomOptions options)
    {
        var before = draft.State.Layout;
        var now = ToContract(options);
        var changed = Differences(before ?? new Layout(), now);
        if (changed.Count == 0 && before is not null)
            return;

        draft.State = draft.State with { Layout = now };
        if (changed.Count > 0)
            draft.Add(new LayoutChanged { Layout = now, Changed = changed });
    }

    private static Layout ToContract(Wire.RoomOptions options) => new()
    {
        Mode = options.Layout,
        Name = options.LayoutName,
        Users = options.LayoutUsers,
        Map = options.LayoutMap?.GetRawText(),
        ShowNames = options.ShowNames,
        VoiceActivation = options.VoiceActivation,
    };

    private static List<string> Differences(Layout before, Layout now)
    {
        var changed = new List<string>();
        AddIf("mode", !string.Equals(before.Mode, now.Mode, StringComparison.Ordinal));
        AddIf("name", !string.Equals(before.Name, now.Name, StringComparison.Ordinal));
        AddIf("users", !IsSame(before.Users, now.Users));
        AddIf("map", !string.Equals(before.Map, now.Map, StringComparison.Ordinal));
        AddIf("showNames", before.ShowNames != now.ShowNames);
        AddIf("voiceActivation", before.VoiceActivation != now.VoiceActivation);
        return changed;

        void AddIf(string name, bool differs)
        {
            if (differs)
                changed.Add(name);
        }
    }

    private static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? ReferenceEquals(one, other) : one.SequenceEqual(other, StringComparer.Ordinal);
}
