using System.Globalization;
using CsvHelper;
using FederationConsole.Data;

namespace FederationConsole.Features.Audit;

/// <summary>A line of the export; the names are its header. Times are ISO 8601 in UTC, hashes hexadecimal.</summary>
[CsvRecord]
internal sealed partial record AuditCsv(
    long Id, string Time, string ActorKind, string ActorId, string ActorName, string? Address, string? RequestId, string Action,
    string SubjectKind, string SubjectId, long Project, long Environment, string? Changes, long? Position, string? PreviousHash, string? Hash)
{
    private const string FullWidth = "＝＋－＠";

    // A cell that begins like a formula gets a ' in front, so that a spreadsheet shows it and does not run it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.For<AuditCsv>() with
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
    };

    public static CsvWriter Open(Stream to) => CsvWriter.Create(to, Options, leaveOpen: true);

    public static AuditCsv Of(AuditLine line) => new(
        line.Id, line.At.ToString("O", CultureInfo.InvariantCulture), line.ActorKind.ToString(), line.ActorId, Plain(line.ActorName), line.Address,
        line.RequestId, line.Action, line.SubjectKind, Plain(line.SubjectId), line.ProjectId.Value, line.EnvironmentId.Value, line.Changes,
        line.Position, Hex(line.PreviousHash), Hex(line.Hash));

    /// <summary>East Asian Excel takes the full-width signs for the same, and CsvHelper knows ASCII alone.</summary>
    private static string Plain(string text) => text.Length > 0 && FullWidth.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string? Hex(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);
}
