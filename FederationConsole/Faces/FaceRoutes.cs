using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Http.Features;

namespace FederationConsole.Faces;

/// <summary>
/// A face's route table. Every row runs alike: language, handler, envelope; the framework's own failures (wrong verb, wrong
/// path, broken JSON, an exception) wear the face's envelope too. Rows leave the pipeline right after routing: no cookie,
/// no anti-forgery and no circuit is any business of theirs.
/// </summary>
public sealed partial class FaceRoutes
{
    private static readonly Meter Meter = new(Telemetry.Name);
    private static readonly Counter<long> Faults = Meter.CreateCounter<long>("face.faults", null, "Calls of a face that ended in a fault.");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    private readonly RouteGroupBuilder _group;
    private readonly Face _face;
    private readonly ILogger _logger;
    private readonly IServiceProvider _services;
    private readonly GuessGuard _guard;

    internal FaceRoutes(IEndpointRouteBuilder routes, string prefix, Face face)
    {
        (_group, _face, _services) = (routes.MapGroup(prefix), face, routes.ServiceProvider);
        _logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger(face.GetType());
        _guard = _services.GetRequiredService<GuessGuard>();
        Validation.Prepare();
        _group.ShortCircuit();
        // Whatever no row takes, by any verb.
        _group.Map("/{**rest}", http => AnswerAsync(http, RefuseAsync));
    }

    public FaceRoutes Get<THandler>(string pattern)
        where THandler : IFaceHandler, IDocumented => Map<THandler>(HttpMethods.Get, pattern);

    public FaceRoutes Post<THandler>(string pattern)
        where THandler : IFaceHandler, IDocumented => Map<THandler>(HttpMethods.Post, pattern);

    public FaceRoutes Put<THandler>(string pattern)
        where THandler : IFaceHandler, IDocumented => Map<THandler>(HttpMethods.Put, pattern);

    private FaceRoutes Map<THandler>(string method, string pattern)
        where THandler : IFaceHandler, IDocumented
    {
        // Handlers keep no state and live as long as the host.
        IFaceHandler handler = ActivatorUtilities.CreateInstance<THandler>(_services);
        _group.MapMethods(pattern, [method], http => AnswerAsync(http, handler.HandleAsync))
            .WithMetadata(new DocumentedRow(typeof(THandler), _face, handler.Shape, THandler.Documentation));
        return this;
    }

    private static Task<Outcome<object>> RefuseAsync(FaceCall call, Face face, HttpContext http) =>
        Task.FromResult<Outcome<object>>(FaultKind.UnknownRoute);

    private async Task AnswerAsync(HttpContext http, Func<FaceCall, Face, HttpContext, Task<Outcome<object>>> handle)
    {
        if (http.Request.Headers.AcceptLanguage is [{ } language] && language.StartsWith("en", StringComparison.OrdinalIgnoreCase))
        {
            CultureInfo.CurrentUICulture = English;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = _face.MaxBodyBytes;
        }

        var call = new FaceCall(http);
        Outcome<object> outcome;
        try
        {
            outcome = _guard.Refuse(call.Address) is { } refused ? refused : await handle(call, _face, http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            Failed(exception, _face.Name, http.Request.Path, http.TraceIdentifier);
            outcome = new Fault(FaultKind.Unexpected) { RequestId = http.TraceIdentifier };
        }

        if (outcome.Ok)
        {
            await _face.WriteAsync(http, _face.Succeed(outcome.Value));
            return;
        }

        _guard.Count(call.Address, outcome.Fault.Kind);
        Faults.Add(1, new("face", _face.Name), new("fault", outcome.Fault.Kind.ToString()));
        if (outcome.Fault.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await _face.WriteAsync(http, _face.Fail(outcome.Fault));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of the face {Face} to {Path} failed; request {RequestId}")]
    private partial void Failed(Exception exception, string face, PathString path, string requestId);
}

public static class FaceRouting
{
    /// <summary>Opens a face's route table under a prefix.</summary>
    public static FaceRoutes MapFace(this IEndpointRouteBuilder routes, string prefix, Face face) => new(routes, prefix, face);
}
