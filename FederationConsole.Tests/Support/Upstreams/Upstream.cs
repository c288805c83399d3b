using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>
/// A third party of seed 002 on loopback, as upstreams.md has it. It knows nothing of the product's code: what it signs and
/// checks, it signs and checks by itself.
/// </summary>
internal abstract class Upstream : IAsyncDisposable
{
    private WebApplication _app = null!;

    /// <summary>As seed 002 numbers it.</summary>
    public abstract int Source { get; }

    /// <summary>Set up by app.</summary>
    public virtual bool ByApp => false;

    public string Address => _app.Urls.Single();

    /// <summary>What an administrator copies from the third party's console.</summary>
    public abstract Dictionary<string, string> Settings { get; }

    public abstract Dictionary<string, string?> Secrets { get; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>In place of an honest answer, where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Misbehave { get; set; }

    /// <summary>The paths that were asked, in their order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What was wrong with a question; a test looks that there is none.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<T> StartAsync<T>()
        where T : Upstream, new()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var party = new T { _app = builder.Build() };
        party._app.Run(party.ServeAsync);
        await party._app.StartAsync();
        return party;
    }

    /// <summary>An id in the third party's own form, one for each number.</summary>
    public abstract string IdOf(int number);

    /// <summary>What somebody's app gets when they sign in there: a token, or a code where the third party has codes alone.</summary>
    public abstract string SignIn(string openId);

    /// <summary>The same, from another customer's app; null where the third party cannot tell it from ours.</summary>
    public virtual string? SignInToAnotherApp(string openId) => null;

    /// <summary>Holds the question until the asker goes away.</summary>
    public static async Task<bool> HangAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var listening = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        return true;
    }

    public static async Task<bool> SayAsync(HttpContext http, string text, int status = 200)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(text);
        return true;
    }

    public virtual async ValueTask DisposeAsync() => await _app.DisposeAsync();

    protected abstract Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked);

    protected static Task JsonAsync(HttpContext http, object answer, int status = 200, string contentType = "application/json; charset=utf-8")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }

    protected static string NewToken(string prefix) => $"{prefix}/+{Guid.NewGuid():N}";

    protected void Check(bool right, string what)
    {
        if (!right)
        {
            Complaints.Enqueue(what);
        }
    }

    private async Task ServeAsync(HttpContext http)
    {
        Asked.Enqueue(http.Request.Path);
        if (Misbehave is { } misbehave && await misbehave(http))
        {
            return;
        }

        var asked = (http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).Select(p => p) : http.Request.Query)
            .ToDictionary(p => p.Key, p => p.Value.ToString());
        await AnswerAsync(http, asked);
    }
}
