using System.Text;
using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>One question to a third party.</summary>
/// <param name="Url">Without the query.</param>
internal sealed record Question(HttpMethod Method, string Url, IReadOnlyList<(string Name, string? Value)> Parameters)
{
    public string? Authorization { get; init; }

    /// <summary>Turns the answer's bytes into an object, or null.</summary>
    public Reader Read { get; init; } = Answers.Json;

    public delegate JsonElement? Reader(ReadOnlySpan<byte> body);

    /// <summary>Parameters whose value is null are not sent.</summary>
    public static Question Get(string url, params IReadOnlyList<(string Name, string? Value)> query) => new(HttpMethod.Get, url, query);

    public static Question Post(string url, params IReadOnlyList<(string Name, string? Value)> form) => new(HttpMethod.Post, url, form);

    /// <summary>As a query and as a form alike; a blank is %20 in both, which every server reads.</summary>
    public string Encoded => string.Join('&', Parameters
        .Where(p => p.Value is not null)
        .Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value!)}"));
}

/// <summary>A readable answer, as an object and byte by byte.</summary>
internal readonly record struct Answer(JsonElement Body, ReadOnlyMemory<byte> Raw);

/// <summary>An answer that is good, or <see cref="Otherwise"/>.</summary>
internal readonly record struct Said(Answer Answer, Verification? Otherwise)
{
    public JsonElement Body => Answer.Body;
}

/// <summary>What is asked of one third party about one claim, one question after another, and shown to whoever watches.</summary>
internal sealed class Conversation(OutboundCalls calls, SourceEntry source, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation)
{
    // What third parties hand out in exchange: as good as the secret that it was got with.
    private static readonly string[] Tokens = ["access_token", "refresh_token", "id_token"];

    private readonly HashSet<string> _hidden = trace is null ? [] : [claim.AccessToken, claim.OAuth1?.Signature ?? "", .. source.Secrets.Values];

    public SourceClaim Claim => claim;

    /// <summary>The source by which keys made of its secrets are kept: it is another object once the set-up changed.</summary>
    public SourceEntry Source => source;

    /// <summary>Whether the client sends a code to be exchanged with our secret, in place of a token.</summary>
    public bool ByCode => source.Setting(SourceRules.Mode) == SourceRules.CodeMode;

    public string Setting(string name) => source.Setting(name)!;

    public string Secret(string name) => source.Secret(name)!;

    /// <summary>The third party's own address, or the one that the set-up has in its place (<c>apiBase</c>).</summary>
    public string At(string own, string path) => (source.Setting("apiBase") is { Length: > 0 } other ? other.TrimEnd('/') : own) + path;

    /// <summary>To be masked in what is shown from now on.</summary>
    public void Hide(string secret)
    {
        if (trace is not null)
        {
            _hidden.Add(secret);
        }
    }

    /// <param name="step">The step's name in the trace.</param>
    /// <param name="question">Asked once, and never again by itself.</param>
    /// <param name="judge">Null for an answer that is good. A status of 4xx does not decide: vendors say no with 200, and some say it with 400.</param>
    public async Task<Said> AskAsync(string step, Question question, Func<Answer, Verification?> judge)
    {
        var isGet = question.Method == HttpMethod.Get;
        var sent = question.Encoded;
        var result = Uri.TryCreate(isGet && sent.Length > 0 ? $"{question.Url}?{sent}" : question.Url, UriKind.Absolute, out var address)
            ? await calls.SendAsync(
                new(source.Partition, question.Method, address)
                {
                    Content = isGet ? null : new StringContent(sent, Encoding.UTF8, "application/x-www-form-urlencoded"),
                    Headers = question.Authorization is { } authorization ? [new("Authorization", authorization)] : [],
                },
                cancellation)
            : new OutboundResult.Failed(OutboundFailure.UrlNotAllowed);
        var said = Judge(result, question.Read, judge);
        if (trace is not null)
        {
            KeepHidden(said.Body);
            var body = isGet ? "" : $"\n\n{sent}";
            var header = question.Authorization is null ? "" : $"\nAuthorization: {question.Authorization}";
            trace.Add(new(
                step, Masking.Hide($"{question.Method} {address?.AbsoluteUri ?? question.Url}{header}{body}", _hidden), Masking.Shown(result, _hidden),
                result.Elapsed, said.Otherwise is null));
        }

        return said;
    }

    /// <summary>A check of our own between the questions.</summary>
    public void Note(string step, string what, string found, bool good) =>
        trace?.Add(new(step, Masking.Hide(what, _hidden), Masking.Hide(found, _hidden), TimeSpan.Zero, good));

    private static Said Judge(OutboundResult result, Question.Reader read, Func<Answer, Verification?> judge)
    {
        if (result is OutboundResult.Failed { Reason: var reason })
        {
            return new(default, new Verification.NotAsked(reason, reason.ToString()));
        }

        var answered = (OutboundResult.Answered)result;
        if (answered.Status >= 500 || read(answered.Body.Span) is not { } body)
        {
            return new(default, new Verification.NotAsked(null, $"HTTP {answered.Status}"));
        }

        var answer = new Answer(body, answered.Body);
        return new(answer, judge(answer) ?? (answered.Status >= 400 ? new Verification.NotAsked(null, $"HTTP {answered.Status}") : null));
    }

    private void KeepHidden(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var token in Tokens)
        {
            _hidden.Add(Answers.Text(body, token) ?? "");
        }

        foreach (var member in body.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Object))
        {
            KeepHidden(member.Value);
        }
    }
}
