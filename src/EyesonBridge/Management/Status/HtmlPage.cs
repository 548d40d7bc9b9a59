using System.Text;
using static EyesonBridge.Management.Status.HtmlText;

namespace EyesonBridge.Management.Status;

/// <summary>What all pages have: head, and cards. What is in <c>main</c> is replaced every few seconds.</summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder _html = new();

    /// <param name="title">Title of the page.</param>
    /// <param name="head">What stands above what is replaced, as HTML.</param>
    public HtmlPage(string title, string head) => _html.Append($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>{Escape(title)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <noscript><meta http-equiv="refresh" content="5"></noscript>
        <link rel="icon" href="data:,"><link rel="stylesheet" href="status.css"><script src="status.js" defer></script></head>
        <body><header>{head}<span id="refreshed">as of this moment</span></header>
        <main id="live">
        """);

    public HtmlPage Add(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <summary>Begins a part.</summary>
    public HtmlPage Heading(string text) => Add($"<h2>{Escape(text)}</h2>");

    /// <summary>Something that is to be seen at a glance.</summary>
    /// <param name="name">What it is; with dashes, its id.</param>
    /// <param name="value">How it is.</param>
    /// <param name="style">Class of the value.</param>
    /// <param name="detail">What there is to say about it.</param>
    /// <param name="picture">What is shown below, as HTML.</param>
    public HtmlPage Card(string name, string value, string style, string? detail, string picture = "") => Add(
        $"""<div class="card" id="{Escape(name.Replace(' ', '-'))}"><b>{Escape(name)} <span class="{style}">{Escape(value)}</span></b><p>{Escape(detail)}</p>{picture}</div>""");

    /// <summary>A table without its rows, which follow.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="columns">Names of the columns; those of numbers begin with <c>#</c>.</param>
    public HtmlPage Table(string id, params ReadOnlySpan<string> columns)
    {
        _html.Append("<table id=\"").Append(id).Append("\"><thead><tr>");
        foreach (var column in columns)
            _html.Append(column[0] == '#' ? "<th class=\"n\">" : "<th>").Append(column.TrimStart('#'));
        return Add("</tr></thead><tbody>");
    }

    /// <summary>A cell of a table, as HTML.</summary>
    /// <param name="column">Its column: shown on narrow screens.</param>
    /// <param name="html">What is in it.</param>
    /// <param name="style">Its class.</param>
    public HtmlPage Cell(string column, string html, string style = "") => Add(
        $"<td{(style.Length > 0 ? $" class=\"{style}\"" : "")} data-of=\"{column}\">{html}");

    /// <summary>The whole page.</summary>
    public string Close() => _html.Append("</main></body></html>").ToString();
}
