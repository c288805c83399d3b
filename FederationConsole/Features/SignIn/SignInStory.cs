using System.Diagnostics;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;

namespace FederationConsole.Features.SignIn;

/// <summary>What one call of a login leaves for 登录追踪. A call with an unknown corp is nobody's and leaves nothing.</summary>
internal readonly struct SignInStory(SignInTraces traces, TimeProvider clock, SignInTrace trace)
{
    private readonly long _started = clock.GetTimestamp();

    public SignInStory(SignInTraces traces, TimeProvider clock, ThirdPartyCall call, TraceCall kind)
        : this(traces, clock, new()
        {
            RequestId = call.RequestId, Call = kind, Source = call.Source, AppKey = call.AppKey, OpenId = call.Claim.OpenId, Address = call.Address,
        })
    {
    }

    public void Begin(EnvironmentId environment) => trace.EnvironmentId = environment;

    /// <summary>Where what was presented tells the app too.</summary>
    public void Begin(EnvironmentId environment, string appKey) => (trace.EnvironmentId, trace.AppKey) = (environment, appKey);

    public void Asked(Verification answer, TimeSpan elapsed)
    {
        trace.AskedMilliseconds = (int)elapsed.TotalMilliseconds;
        (trace.Answer, trace.Code, trace.Detail) = answer switch
        {
            Verification.Verified => (TraceAnswer.Verified, null, null),
            Verification.Refused refused => (TraceAnswer.Refused, refused.Code, refused.Message),
            Verification.NotAsked failed => (TraceAnswer.Failed, failed.Failure?.ToString(), failed.Detail),
            _ => throw new UnreachableException(),
        };
    }

    public void End(Fault? fault, UserId? user = null)
    {
        if (trace.EnvironmentId.Value == 0)
        {
            return;
        }

        (trace.Fault, trace.UserId) = (fault?.Kind.ToString(), user ?? default);
        trace.Milliseconds = (int)clock.GetElapsedTime(_started).TotalMilliseconds;
        traces.Add(trace);
    }
}
