using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>A host with one owner whose password the test knows, and what it printed at its start.</summary>
internal sealed class AdminHost : IAsyncDisposable
{
    public const string OwnerEmail = "owner@example.com";
    public const string OwnerPassword = "correct horse battery";

    private AdminHost(TestHost host, StringWriter notice) => (Host, Notice) = (host, notice);

    public TestHost Host { get; }

    public StringWriter Notice { get; }

    public AdministratorService Administrators => Host.Services.GetRequiredService<AdministratorService>();

    public MyAccountService Accounts => Host.Services.GetRequiredService<MyAccountService>();

    public HostService Settings => Host.Services.GetRequiredService<HostService>();

    public static Task<AdminHost> StartAsync(DatabaseKind kind = DatabaseKind.Sqlite) => StartAsync(kind, "Development", new Dictionary<string, string>
    {
        ["Admin:Email"] = OwnerEmail,
        ["Admin:Password"] = OwnerPassword,
    });

    public static async Task<AdminHost> StartAsync(DatabaseKind kind, string environment, IReadOnlyDictionary<string, string> settings)
    {
        var notice = new StringWriter();
        var host = await TestHost.StartAsync(new TestHostOptions
        {
            Database = kind,
            Environment = environment,
            Settings = settings,
            Adjust = builder => builder.Services.AddSingleton(new StartNotice(notice)),
        });
        return new(host, notice);
    }

    /// <summary>An actor as the console makes it for an administrator in the database.</summary>
    public async Task<Actor> ActorAsync(long id)
    {
        var rows = (await Administrators.ListAsync(Actor.Host)).Value!;
        var row = rows.Single(r => r.Id == id);
        return new(ActorKind.Administrator, row.Id.ToString(CultureInfo.InvariantCulture), row.Name, "192.0.2.1", "test") { Grants = row.Grants };
    }

    public async Task<Actor> OwnerAsync() => await ActorAsync((await Administrators.FindAsync(Actor.Host, OwnerEmail)).Value);

    public async Task<(long Id, string Password)> HasAsync(string email, params Grant[] grants)
    {
        var added = await Administrators.CreateAsync(Actor.Host, email, "Test", grants);
        Assert.Null(added.Fault);
        return (added.Value!.Id, added.Value.Password);
    }

    /// <summary>Puts two-step sign-in on and hands back the key and the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Codes)> HasTwoStepAsync(long id)
    {
        var actor = await ActorAsync(id);
        var key = (await Accounts.BeginTwoStepAsync(actor)).Value!.Key;
        var codes = (await Accounts.EnableTwoStepAsync(actor, CodeNow(key))).Value!;
        // Past the code that was just used.
        Host.Time.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        return (key, codes);
    }

    public string CodeNow(string key) => Totp.Code(key, Host.Time.GetUtcNow().ToUnixTimeSeconds() / Totp.StepSeconds);

    public async Task<long> HasProjectAsync(string code)
    {
        var made = await Host.Services.GetRequiredService<ProjectService>().CreateAsync(Actor.Host, code, code);
        return made.Value.Value;
    }

    public Task<List<AuditLine>> AuditAsync() =>
        Host.Services.GetRequiredService<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().OrderBy(l => l.Id).ToListAsync());

    public async Task<IReadOnlyList<string>> ActionsAsync() => [.. (await AuditAsync()).Select(l => l.Action)];

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Notice.DisposeAsync();
    }
}

/// <summary>One request of a browser, without the wire: the sign-in flow over a request that carries the cookies of the last.</summary>
internal sealed class Visit : IDisposable
{
    private readonly IServiceScope _scope;
    private readonly DefaultHttpContext _http;

    public Visit(AdminHost admin, Visit? after = null, string address = "192.0.2.1")
    {
        _scope = admin.Host.Services.CreateScope();
        _http = new DefaultHttpContext { RequestServices = _scope.ServiceProvider };
        _http.Request.Scheme = "http";
        _http.Request.Host = new HostString("localhost");
        _http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
        _http.Request.Headers.Cookie = string.Join("; ", after?.Cookies.Select(c => $"{c.Key}={c.Value}") ?? []);
    }

    public HttpContext Http => _http;

    public SignInFlow Flow => Service<SignInFlow>();

    /// <summary>Asked for before each call: of several visits in one test, this is the one whose request is being answered.</summary>
    public T Service<T>()
        where T : notnull
    {
        _scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = _http;
        return _scope.ServiceProvider.GetRequiredService<T>();
    }

    /// <summary>What the browser would send next.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _http.Request.Cookies
        .Select(c => (c.Key, c.Value))
        .Concat(_http.Response.Headers.SetCookie.Select(set => set!.Split(';')[0].Split('=', 2)).Select(pair => (Key: pair[0], Value: pair[1])))
        .GroupBy(c => c.Key, c => c.Value)
        .Where(c => c.Last().Length > 0)
        .ToDictionary(c => c.Key, c => c.Last());

    public bool IsSignedIn => Cookies.ContainsKey("console");

    public void Dispose() => _scope.Dispose();
}
