using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>What is presented. There is one at a time; another presenter is another presentation.</summary>
internal static class Presentations
{
    public static void Apply(MeetingDraft draft, Wire.Presentation? presentation)
    {
        var before = draft.State.Presentation;
        var now = presentation is null ? null : new Presentation { PresentedBy = Users.ToContract(presentation.User) };
        if (now == before)
            return;

        draft.State = draft.State with { Presentation = now };
        if (before is not null && now is not null && IsSamePresenter(before, now))
            return;

        if (before is not null)
            draft.Add(new PresentationStopped { Presentation = before });
        if (now is not null)
            draft.Add(new PresentationStarted { Presentation = now });
    }

    private static bool IsSamePresenter(Presentation one, Presentation other) =>
        string.Equals(one.PresentedBy?.Id, other.PresentedBy?.Id, StringComparison.Ordinal);
}
