using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// Where the host tells its operator what must not be in a structured log, which may be shipped elsewhere: standard output.
/// </summary>
public sealed class StartNotice(TextWriter output)
{
    public Task SayAsync(string line) => output.WriteLineAsync(line);
}

/// <summary>
/// Sees to it that somebody can sign in: the administrator of the settings, one with a made-up password in Development, or the
/// set-up page. Says at the end of the start where the console is and how to get in.
/// </summary>
internal sealed class FirstAdministrator(
    AdministratorService administrators, Store store, SetUpCode setUp, IOptions<FirstAdministratorOptions> options, IHostEnvironment environment,
    IServer server, StartNotice notice) : IHostedLifecycleService
{
    public const string DevelopmentEmail = "admin@example.com";

    private string _howToSignIn = "";

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var owner = await store.ReadAsync(Scope.Host, db => db.Set<Administrator>().OrderBy(a => a.Id).Select(a => a.Email).FirstOrDefaultAsync(cancellationToken));
        _howToSignIn = (owner, options.Value.IsSet, environment.IsDevelopment()) switch
        {
            ({ } email, _, _) => Known(email),
            (_, true, _) => await CreateAsync(options.Value.Email!, options.Value.Password!, $"sign in as {options.Value.Email} with the password of Admin:Password"),
            (_, _, true) => await CreateForDevelopmentAsync(),
            _ => $"/setup makes the first administrator; its code is {setUp.Issue()}",
        };
    }

    /// <summary>The server has its addresses only now.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        return notice.SayAsync($"Console: {address.TrimEnd('/')}/ ({_howToSignIn})");
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Known(string email) =>
        $"sign in as {email}; password forgotten: dotnet run --project FederationConsole -- admin reset-password {email}";

    private Task<string> CreateForDevelopmentAsync()
    {
        var password = Passwords.New();
        return CreateAsync(DevelopmentEmail, password, $"sign in as {DevelopmentEmail} with the password {password}; it is shown this once");
    }

    private async Task<string> CreateAsync(string email, string password, string howToSignIn)
    {
        var created = await administrators.CreateFirstAsync(Actor.Host, email, "Administrator", password);
        return created.Fault switch
        {
            null => howToSignIn,
            // Another node was quicker.
            { Kind: FaultKind.NotAllowedNow } => Known(email),
            var fault => throw new InvalidOperationException($"The first administrator could not be made: {fault.Kind} {fault.Field}"),
        };
    }
}
