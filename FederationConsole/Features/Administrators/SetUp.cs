using System.Security.Cryptography;
using System.Text;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// The way in where no administrator exists: a code that only who reads the server's output knows. It lives in this process and
/// dies with the first administrator or a restart.
/// </summary>
public sealed class SetUpCode
{
    private byte[]? _hash;

    public bool IsOpen => _hash is not null;

    public string Issue()
    {
        var code = Passwords.New();
        _hash = Hash(code);
        return code;
    }

    public bool Matches(string? code) =>
        _hash is { } hash && CryptographicOperations.FixedTimeEquals(Hash(code ?? ""), hash);

    public void Close() => _hash = null;

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant()));
}

/// <summary>Makes the first administrator at <c>/setup</c>.</summary>
internal sealed class SetUpService(AdministratorService administrators, AdministratorDirectory directory, SetUpCode code, ExactLimits attempts)
{
    /// <summary>Wrong codes in ten minutes, from all addresses together: there is one code and one person who reads it.</summary>
    public const int Tries = 10;

    private const string Key = "set-up";

    /// <summary>Whether the page is there at all.</summary>
    public async Task<bool> IsOpenAsync() => code.IsOpen && !await directory.AnyAsync();

    /// <summary>Faults: <c>code</c> wrong, too many tries, e-mail or password not allowed, or an administrator exists.</summary>
    public async Task<Outcome> CreateAsync(string? setUpCode, string? email, string? name, string? password, Caller caller)
    {
        if (!await IsOpenAsync())
        {
            return FaultKind.NotAllowedNow;
        }

        if ((await attempts.TakeAsync(Key, Tries)).Fault is { } tooMany)
        {
            return tooMany;
        }

        if (!code.Matches(setUpCode))
        {
            return new Fault(FaultKind.Invalid, "code");
        }

        // The code was right: mistakes in the rest of the form are no guessing.
        await attempts.ForgetAsync(Key);
        var created = await administrators.CreateFirstAsync(caller.Unknown, email, name, password);
        if (created.Ok)
        {
            code.Close();
        }

        return created.Ok ? Outcome.Done : created.Fault;
    }
}
