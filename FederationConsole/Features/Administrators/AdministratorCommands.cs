using FederationConsole.Platform;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// <c>-- admin reset-password EMAIL</c> and <c>-- admin reset-two-step EMAIL</c>: the way back in for who can start programs on
/// the server. A host that runs meanwhile hears of it within a second.
/// </summary>
public sealed class AdministratorCommands(AdministratorService administrators)
{
    /// <returns>0 done, 1 no such administrator or refused, 2 the verb is unknown.</returns>
    public async Task<int> RunAsync(TextWriter output, string verb, string email)
    {
        Func<long, Task<Outcome<string>>>? act = verb switch
        {
            "reset-password" => ResetPasswordAsync,
            "reset-two-step" => ResetTwoStepAsync,
            _ => null,
        };
        if (act is null)
        {
            await output.WriteLineAsync("admin knows reset-password and reset-two-step.");
            return 2;
        }

        var found = await administrators.FindAsync(Actor.Host, email);
        var done = found.Ok ? await act(found.Value) : found.Fault;
        await output.WriteLineAsync(done.Fault switch
        {
            null => done.Value,
            { Kind: FaultKind.NotFound } => $"No administrator has the e-mail {email}.",
            var fault => $"Not done: {fault.Kind}.",
        });
        return done.Ok ? 0 : 1;
    }

    private async Task<Outcome<string>> ResetPasswordAsync(long id)
    {
        var password = await administrators.ResetPasswordAsync(Actor.Host, id);
        return password.Ok ? $"The new password, shown this once: {password.Value}" : password.Fault;
    }

    private async Task<Outcome<string>> ResetTwoStepAsync(long id) =>
        (await administrators.ResetTwoStepAsync(Actor.Host, id)).Fault is { } fault ? fault : "Two-step sign-in is off for this administrator.";
}
