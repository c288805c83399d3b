using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Data;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it has started whole, is not stopping, and its database answers; a
/// proxy sends it calls only then.
/// </summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => "ok").ShortCircuit();
        routes.MapGet("/readyz", ReadyAsync).ShortCircuit();
    }

    private static async Task<IResult> ReadyAsync(Store store, IHostApplicationLifetime lifetime)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Results.Text("starting or stopping", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var reachable = await store.ReadAsync(Scope.Host, db => db.Database.CanConnectAsync());
        return reachable ? Results.Text("ok") : Results.Text("no database", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
