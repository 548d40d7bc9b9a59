using System.Globalization;

namespace EyesonBridge.Management.Status;

/// <summary>Some numbers as a small picture (SVG): a line over time that begins at zero.</summary>
internal static class Sparkline
{
    private const int Width = 240;
    private const int Height = 40;

    /// <param name="rate">What to draw.</param>
    public static string Of(EventRate rate)
    {
        var most = Math.Max(1, rate.Slots.DefaultIfEmpty().Max());
        var step = Width / (double)Math.Max(1, rate.Slots.Count - 1);
        var points = string.Join(' ', rate.Slots.Select((count, index) => string.Create(
            CultureInfo.InvariantCulture, $"{index * step:0.#},{1 + ((Height - 2) * (1 - (count / (double)most))):0.#}")));
        var says = $"events a second over the last {rate.Slots.Count * rate.SlotSeconds / 60} minutes, at most {HtmlText.Rate(rate.Slots.DefaultIfEmpty().Max() / (double)rate.SlotSeconds)}";
        return $"""
            <svg class="spark" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{says}"><title>{says}</title><polygon points="0,{Height} {points} {Width},{Height}"/><polyline points="{points}"/></svg>
            """;
    }
}
