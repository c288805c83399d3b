using System.Globalization;
using CsvHelper;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Mvc;

namespace FederationConsole.Features.Meetings;

/// <summary>The download of the page 邀约码: what its filters find, at its own address with .csv (UTF-8 with its mark, times in UTC).</summary>
public static class MeetingEndpoints
{
    private static readonly string[] Columns = ["code", "max_uses", "uses", "attendee_type_ids", "expires_at", "note"];

    // A cell that begins like a formula gets a ' in front, so that a spreadsheet shows it and does not run it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <param name="app">The host.</param>
    /// <param name="actorOf">The administrator behind a request.</param>
    public static IEndpointConventionBuilder MapMeetings(this IEndpointRouteBuilder app, Func<HttpContext, Task<Actor>> actorOf) =>
        app.MapGet("/p/{project}/{environment}/meetings/{key}/codes.csv", async (
            string project, string environment, string key, string? q, string? used,
            HttpContext http, [FromServices] InvitationCodes codes, [FromServices] ProjectCatalog projects, CancellationToken cancellation) =>
        {
            if (!Enum.TryParse<EnvironmentKind>(environment, ignoreCase: true, out var kind) || projects.Environment(project, kind) is not { } found)
            {
                return Results.NotFound();
            }

            var rows = await codes.ExportAsync(await actorOf(http), found.Id, key, CodesPage.ReadQuery(q, used));
            if (!rows.Ok)
            {
                return Results.StatusCode(rows.Fault.Kind == FaultKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
            }

            http.Response.Headers.ContentDisposition = "attachment; filename=\"codes.csv\"";
            http.Response.ContentType = "text/csv; charset=utf-8";
            await using var csv = CsvWriter.Create(http.Response.Body, Options, leaveOpen: true);
            csv.WriteHeader(Columns);
            await foreach (var code in rows.Value.WithCancellation(cancellation))
            {
                await csv.WriteRecordAsync(Line(code), cancellation);
            }

            await csv.FlushAsync(cancellation);
            return Results.Empty;
        });

    private static string?[] Line(InvitationCode code) =>
    [
        code.Code, code.MaxUses?.ToString(CultureInfo.InvariantCulture), code.Uses.ToString(CultureInfo.InvariantCulture), string.Join(' ', code.AttendeeTypes),
        code.ExpiresAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), code.Note,
    ];
}
