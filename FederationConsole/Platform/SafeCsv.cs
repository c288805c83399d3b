using CsvHelper;

namespace FederationConsole.Platform;

/// <summary>CSV for spreadsheets: UTF-8 with its mark, and no cell that one would run.</summary>
public static class SafeCsv
{
    /// <summary>More digits a spreadsheet takes for a number, and rounds.</summary>
    private const int ExactDigits = 15;

    private const string FullWidth = "＝＋－＠";

    // A cell that begins like a formula gets a ' in front, so that a spreadsheet shows it and does not run it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static CsvWriter Open(Stream to, params ReadOnlySpan<string> columns)
    {
        var csv = CsvWriter.Create(to, Options, leaveOpen: true);
        csv.WriteHeader([.. columns]);
        return csv;
    }

    /// <summary>For what a stranger wrote: East Asian Excel takes the full-width signs for the same, and CsvHelper knows ASCII alone.</summary>
    public static string? Plain(string? text) => text is { Length: > 0 } && FullWidth.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>For numbers that are names: an order's, a check-in code. A ' stands before those that a spreadsheet would round.</summary>
    public static string? Digits(string? number) => number is { Length: > ExactDigits } ? "'" + number : number;
}
