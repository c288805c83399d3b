using System.Globalization;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Users.Imports;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Mvc;

namespace FederationConsole.Features.Users;

/// <summary>The downloads of the page 用户: what its filters find, at its own address with .csv, and the template of an import.</summary>
public static class UsersEndpoints
{
    /// <param name="actorOf">The administrator behind a request.</param>
    public static IEndpointConventionBuilder MapUsers(this IEndpointRouteBuilder app, Func<HttpContext, Task<Actor>> actorOf)
    {
        var group = app.MapGroup("/p/{project}/{environment}");
        group.MapGet("/users/import.csv", async (
            string project, string environment, HttpContext http, [FromServices] ProjectCatalog projects, [FromServices] AttributeCatalog attributes) =>
        {
            if (!Enum.TryParse<EnvironmentKind>(environment, ignoreCase: true, out var kind) || projects.Environment(project, kind) is not { } found)
            {
                return Results.NotFound();
            }

            return projects.For(await actorOf(http), Role.Manager, found.Id).Ok
                ? Results.File(ImportTemplate.Of(attributes.Of(found.Id).Attributes), "text/csv; charset=utf-8", "users-template.csv")
                : Results.StatusCode(StatusCodes.Status403Forbidden);
        });
        group.MapGet("/users.csv", async (
            string project, string environment, string? q, string? status, string? origin,
            HttpContext http, [FromServices] UserExport export, [FromServices] ProjectCatalog projects, CancellationToken cancellation) =>
        {
            if (!Enum.TryParse<EnvironmentKind>(environment, ignoreCase: true, out var kind) || projects.Environment(project, kind) is not { } found)
            {
                return Results.NotFound();
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"users-{found.ProjectCode}-{kind.ToString().ToLowerInvariant()}.csv");
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            http.Response.ContentType = "text/csv; charset=utf-8";
            var outcome = await export.WriteAsync(await actorOf(http), found.Id, UsersPage.ReadQuery(q, status, origin), http.Response.Body, cancellation);
            if (outcome.Ok)
            {
                return Results.Empty;
            }

            // Nothing was sent yet: the service looks at the role first.
            http.Response.Headers.Remove("Content-Disposition");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        });
        return group;
    }
}
