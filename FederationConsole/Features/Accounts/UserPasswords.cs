using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Accounts;

/// <summary>A password that met the policy, hashed: what <see cref="UserPasswords.SetAsync"/> takes into a write.</summary>
public sealed class HashedPassword
{
    internal HashedPassword(string hash) => Hash = hash;

    internal string Hash { get; }
}

/// <summary>
/// Passwords of users. Hashing (PBKDF2-HMAC-SHA-512, 100,000 rounds: tens of milliseconds of one core) is done outside every
/// write, and by at most one core fewer than there are, so that token checks beside a storm of logins keep their speed.
/// Who waits longer than a person would is told to come back.
/// </summary>
public sealed class UserPasswords : IDisposable
{
    /// <summary>Above what people type, below what makes hashing a burden.</summary>
    public const int MaxLength = 128;

    /// <summary>How many may wait for their turn: some ten seconds' work.</summary>
    private const int MaxWaiting = 256;

    private static readonly User Nobody = new();

    // Not the administrators' one of the container, whose cost is another.
    private readonly PasswordHasher<User> _hasher = new(Options.Create(new PasswordHasherOptions()));
    private readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount - 1));
    private readonly string _nobodysHash;
    private readonly Store _store;
    private int _waiting;

    public UserPasswords(Store store)
    {
        _store = store;
        _nobodysHash = _hasher.HashPassword(Nobody, Tokens.New());
    }

    /// <summary>
    /// Whether a password meets the policy: length, and kinds of characters (small letters, capitals, digits, everything else).
    /// Cheap, so it can stand before whatever costs the caller something.
    /// </summary>
    /// <returns><see cref="FaultKind.WeakPassword"/> naming the field and what is allowed, or null.</returns>
    public static Fault? Check(string field, string password, Policies policies)
    {
        var classes = (password.Any(char.IsLower) ? 1 : 0) + (password.Any(char.IsUpper) ? 1 : 0) + (password.Any(char.IsDigit) ? 1 : 0) +
            (password.Any(c => !char.IsLower(c) && !char.IsUpper(c) && !char.IsDigit(c)) ? 1 : 0);
        return password.Length >= policies.PasswordMinLength && password.Length <= MaxLength && classes >= policies.PasswordClasses
            ? null
            : new Fault(FaultKind.WeakPassword, field, AccountTexts.PasswordRule(policies.PasswordMinLength, MaxLength, policies.PasswordClasses));
    }

    /// <summary>
    /// Hashes a password that is to be set: before the write, never inside it. Faults: <see cref="FaultKind.WeakPassword"/>,
    /// <see cref="FaultKind.TooMany"/>.
    /// </summary>
    public async Task<Outcome<HashedPassword>> HashAsync(string field, string password, Policies policies, CancellationToken cancellation)
    {
        if (Check(field, password, policies) is { } weak)
        {
            return weak;
        }

        HashedPassword? hashed = null;
        var turn = await OnOwnCoreAsync(() => hashed = new(_hasher.HashPassword(Nobody, password)), cancellation);
        return turn.Ok ? hashed! : turn.Fault;
    }

    /// <summary>
    /// Sets the first password of a user or another one, as part of the caller's write, which also says so in the audit trail
    /// and ends the sessions that must end.
    /// </summary>
    public static async Task SetAsync(ConsoleDb db, UserId user, HashedPassword password)
    {
        if (await db.Set<PasswordCredential>().FirstOrDefaultAsync(p => p.UserId == user) is { } credential)
        {
            (credential.Hash, credential.SetAt) = (password.Hash, db.Now);
        }
        else
        {
            db.Add(new PasswordCredential { UserId = user, Hash = password.Hash, SetAt = db.Now });
        }

        db.Signal(UserDirectory.Topic, user.Value);
    }

    /// <summary>
    /// Whether this is the user's password. <see cref="FaultKind.PasswordWrong"/> also for an unknown user (null) and for one
    /// without a password, after the same work, so that time does not tell. <see cref="FaultKind.TooMany"/> when too many wait.
    /// </summary>
    public async Task<Outcome> MatchAsync(Scope scope, UserId? user, string password, CancellationToken cancellation)
    {
        // Asked for nobody too, for the same time.
        var id = user ?? default;
        var hash = await _store.ReadAsync(scope, db => db.Set<PasswordCredential>().Where(p => p.UserId == id).Select(p => p.Hash).FirstOrDefaultAsync(cancellation));
        var matches = false;
        var turn = await OnOwnCoreAsync(
            () => matches = _hasher.VerifyHashedPassword(Nobody, hash ?? _nobodysHash, password.Length <= MaxLength ? password : "") != PasswordVerificationResult.Failed,
            cancellation);
        return !turn.Ok ? turn.Fault : matches && hash is not null ? Outcome.Done : FaultKind.PasswordWrong;
    }

    public void Dispose() => _cores.Dispose();

    private async Task<Outcome> OnOwnCoreAsync(Action work, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                return new Fault(FaultKind.TooMany) { RetryAfter = TimeSpan.FromSeconds(10) };
            }

            await _cores.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            // Work that has its turn is done; only waiting for it can be given up.
            await Task.Run(work, CancellationToken.None);
            return Outcome.Done;
        }
        finally
        {
            _cores.Release();
        }
    }
}
