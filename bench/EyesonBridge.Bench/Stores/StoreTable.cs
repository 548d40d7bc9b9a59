using System.Globalization;
using System.Text;

namespace EyesonBridge.Bench.Stores;

/// <summary>What was measured, a row each.</summary>
internal sealed class StoreTable
{
    private readonly StringBuilder _text = new("| store | what | figure |\n| --- | --- | ---: |\n");

    public void Add(string store, string what, double figure, string unit) =>
        _text.Append(CultureInfo.InvariantCulture, $"| {store} | {what} | {Reports.MarkdownTable.Number(figure)} {unit} |\n");

    public override string ToString() => _text.ToString();
}
