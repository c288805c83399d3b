using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Mvc;

namespace FederationConsole.Features.Registrations;

/// <summary>The downloads of the pages 订单 and 参会人: what their filters find, at their own addresses with .csv.</summary>
public static class RegistrationEndpoints
{
    private delegate Task<Outcome> Write(Actor actor, EnvironmentId id, string meeting, AttendeeQuery query, Stream to, CancellationToken cancellation);

    /// <param name="actorOf">The administrator behind a request.</param>
    public static IEndpointConventionBuilder MapRegistrations(this IEndpointRouteBuilder app, Func<HttpContext, Task<Actor>> actorOf)
    {
        var group = app.MapGroup("/p/{project}/{environment}/meetings/{key}");
        foreach (var (name, write) in new (string, Func<RegistrationExport, Write>)[] { ("orders", e => e.WriteOrdersAsync), ("attendees", e => e.WriteAttendeesAsync) })
        {
            group.MapGet($"/{name}.csv", async (
                string project, string environment, string key, [AsParameters] RegistrantFilter filter,
                HttpContext http, [FromServices] RegistrationExport export, [FromServices] ProjectCatalog projects, CancellationToken cancellation) =>
            {
                if (!Enum.TryParse<EnvironmentKind>(environment, ignoreCase: true, out var kind) || projects.Environment(project, kind) is not { } found)
                {
                    return Results.NotFound();
                }

                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
                http.Response.ContentType = "text/csv; charset=utf-8";
                var outcome = await write(export)(await actorOf(http), found.Id, key, filter.Query, http.Response.Body, cancellation);
                if (outcome.Ok)
                {
                    return Results.Empty;
                }

                // Nothing was sent yet: the service looks at role and meeting first.
                http.Response.Headers.Remove("Content-Disposition");
                return Results.StatusCode(outcome.Fault.Kind == FaultKind.UnknownMeeting ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden);
            });
        }

        return group;
    }
}

/// <summary>The filters as they stand in the address of a page and of its download. What cannot be read filters nothing.</summary>
/// <param name="In">Checked in: <c>yes</c>, <c>no</c>.</param>
public sealed record RegistrantFilter(string? Q = null, string? Type = null, string? Status = null, string? In = null, string? Field = null, string? Value = null)
{
    public AttendeeQuery Query => new(
        Some(Q), Some(Type), Enum.TryParse<OrderStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
        In switch { "yes" => true, "no" => false, _ => null }, Some(Field), Some(Field) is null ? null : Value ?? "");

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
