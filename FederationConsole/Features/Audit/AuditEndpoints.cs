using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Mvc;

namespace FederationConsole.Features.Audit;

/// <summary>The download of the page 审计日志: the page's own address with .csv, filters included.</summary>
public static class AuditEndpoints
{
    /// <param name="actorOf">The administrator behind a request.</param>
    public static IEndpointConventionBuilder MapAudit(this IEndpointRouteBuilder app, Func<HttpContext, Task<Actor>> actorOf) =>
        app.MapGet("/p/{project}/{environment}/audit.csv", async (
            string project, string environment, [AsParameters] AuditQuery query,
            HttpContext http, [FromServices] AuditReader reader, [FromServices] ProjectCatalog projects, CancellationToken cancellation) =>
        {
            if (!Enum.TryParse<EnvironmentKind>(environment, ignoreCase: true, out var kind) || projects.Environment(project, kind) is not { } found)
            {
                return Results.NotFound();
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"audit-{found.ProjectCode}-{environment}.csv");
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            http.Response.ContentType = "text/csv; charset=utf-8";
            var outcome = await reader.ExportAsync(await actorOf(http), found.Scope, query.ToFilter(), http.Response.Body, cancellation);
            if (outcome.Ok)
            {
                return Results.Empty;
            }

            // Nothing was sent yet: the reader looks at the role first.
            http.Response.Headers.Remove("Content-Disposition");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        });
}
