using System.Security.Cryptography;

namespace FederationConsole.Features.Sandbox.VendorAccounts;

/// <summary>Which answer of a vendor: where the next result code is to be put.</summary>
public enum VendorAccountStep
{
    Token,
    Refresh,
    Userinfo,
}

/// <summary>The result code that the next answer of one step is to be, once.</summary>
public sealed record NextAnswer(VendorAccountStep Step, string ResultCode);

/// <summary>Somebody with an account of the vendor's own.</summary>
/// <param name="Gender">Seed 003: "1" male, "2" female, "0" unknown.</param>
/// <param name="Revoked">Which grants are revoked: those whose number is not above it.</param>
public sealed record VendorAccountPerson(string OpenId, string Nickname, string? Mobile, string Gender, long Revoked = 0)
{
    public NextAnswer? Next { get; init; }
}

/// <summary>What a code or token stands for.</summary>
/// <param name="Number">Of the grant: what one code led to, refreshed or not, has one number.</param>
internal sealed record VendorAccountGrant(string OpenId, long Number, DateTimeOffset Until, bool Spent = false);

/// <summary>
/// What the vendor remembers: persons, and three kinds of things that it hands out. In memory and bounded. A real vendor keeps the
/// same in a database, and of codes and tokens their hashes alone.
/// </summary>
public sealed class VendorAccountBook(TimeProvider clock)
{
    public const int Capacity = 1_000;

    /// <summary>Seconds for which a code is good: it goes from the vendor's app to ours and on to us at once.</summary>
    public const int CodeSeconds = 300;

    public const int AccessTokenSeconds = 7200;

    private static readonly TimeSpan RefreshTokenLife = TimeSpan.FromDays(30);

    private readonly Lock gate = new();
    private readonly Bounded<VendorAccountPerson> persons = new(Capacity);
    private readonly Bounded<VendorAccountGrant> codes = new(Capacity);
    private readonly Bounded<VendorAccountGrant> accessTokens = new(4 * Capacity);
    private readonly Bounded<VendorAccountGrant> refreshTokens = new(4 * Capacity);
    private long grants;
    private long version;

    /// <summary>Goes up with every change that the page shows.</summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>An authorization code for somebody who has just signed in at the vendor, new or known.</summary>
    public (VendorAccountPerson Person, string Code) SignIn(VendorAccountPerson person)
    {
        lock (gate)
        {
            var known = persons.Find(person.OpenId);
            person = known is null ? person : known with { Nickname = person.Nickname, Mobile = person.Mobile, Gender = person.Gender };
            Put(person);
            return (person, NewCode(person.OpenId));
        }
    }

    /// <summary>Another code for somebody known; null when nobody has this openid.</summary>
    public string? SignIn(string openId)
    {
        lock (gate)
        {
            return persons.Find(openId) is null ? null : NewCode(openId);
        }
    }

    public VendorAccountPerson? Person(string openId)
    {
        lock (gate)
        {
            return persons.Find(openId);
        }
    }

    /// <summary>解除授权, 用户改密: whatever was handed out up to now is worth nothing. False when nobody has this openid.</summary>
    public bool Revoke(string openId) => Change(openId, person => person with { Revoked = grants });

    public bool AnswerNext(string openId, NextAnswer? next) => Change(openId, person => person with { Next = next });

    /// <summary>Whether the person's next answer of this step is to be another one; then that is done with.</summary>
    internal string? TakeNext(string openId, VendorAccountStep step)
    {
        lock (gate)
        {
            if (persons.Find(openId) is not { Next: { } next } person || next.Step != step)
            {
                return null;
            }

            Put(person with { Next = null });
            return next.ResultCode;
        }
    }

    /// <summary>A code is good once: it is gone whatever comes of it.</summary>
    internal VendorAccountGrant? TakeCode(string code)
    {
        lock (gate)
        {
            return Spend(codes, code);
        }
    }

    /// <summary>A refresh token is good once, as RFC 9700 2.2.2 asks: the answer has the next one.</summary>
    internal VendorAccountGrant? TakeRefreshToken(string token)
    {
        lock (gate)
        {
            return Spend(refreshTokens, token);
        }
    }

    /// <summary>Known even when it is over: 100001 and 100005 are two answers.</summary>
    internal VendorAccountGrant? FindAccessToken(string token)
    {
        lock (gate)
        {
            return accessTokens.Find(token);
        }
    }

    internal bool IsOver(VendorAccountGrant grant) => grant.Until <= clock.GetUtcNow();

    internal bool IsRevoked(VendorAccountGrant grant) => Person(grant.OpenId) is not { } person || person.Revoked >= grant.Number;

    internal (string AccessToken, string RefreshToken) Hand(VendorAccountGrant grant)
    {
        var (access, refresh) = ("va-access-" + Random(), "va-refresh-" + Random());
        lock (gate)
        {
            accessTokens.Put(access, grant with { Until = clock.GetUtcNow().AddSeconds(AccessTokenSeconds) });
            refreshTokens.Put(refresh, grant with { Until = clock.GetUtcNow() + RefreshTokenLife });
        }

        return (access, refresh);
    }

    public IReadOnlyList<VendorAccountPerson> Newest(int count)
    {
        lock (gate)
        {
            return [.. persons.NewestFirst().Take(count)];
        }
    }

    private static string Random() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private string NewCode(string openId)
    {
        var code = "va-code-" + Random();
        codes.Put(code, new(openId, ++grants, clock.GetUtcNow().AddSeconds(CodeSeconds)));
        return code;
    }

    /// <summary>Null for what was never handed out, is over, or was spent before.</summary>
    private VendorAccountGrant? Spend(Bounded<VendorAccountGrant> handed, string key)
    {
        if (handed.Find(key) is not { Spent: false } grant)
        {
            return null;
        }

        handed.Put(key, grant with { Spent = true });
        return IsOver(grant) ? null : grant;
    }

    private bool Change(string openId, Func<VendorAccountPerson, VendorAccountPerson> change)
    {
        lock (gate)
        {
            if (persons.Find(openId) is not { } person)
            {
                return false;
            }

            Put(change(person));
            return true;
        }
    }

    private void Put(VendorAccountPerson person)
    {
        persons.Put(person.OpenId, person);
        version++;
    }
}
