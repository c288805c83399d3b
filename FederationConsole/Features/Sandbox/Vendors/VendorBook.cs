using System.Security.Cryptography;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>How a vendor treats one person.</summary>
public enum VendorBehaviour
{
    Approve,
    /// <summary>No, in the vendor's own words and code.</summary>
    Refuse,
    /// <summary>The credential was good once.</summary>
    Expire,
    /// <summary>Yes, but about somebody else.</summary>
    OtherUser,
    /// <summary>Yes, but for another app's token.</summary>
    OtherApp,
    Hang,
    Html,
    BrokenJson,
    Redirect,
    Large,
    ServerError,
}

/// <summary>What a person's app gets from the vendor and sends to the platform.</summary>
public enum Credential
{
    Token,
    /// <summary>Exchanged once, with the app's secret.</summary>
    Code,
    /// <summary>Twitter, OAuth 1.0a: a signed question, good once.</summary>
    Replay,
}

/// <summary>Somebody who has an account at the vendor.</summary>
public sealed record VendorPerson(string OpenId, string? Nickname, VendorBehaviour Behaviour);

/// <summary>A question that was signed for a person's app (Twitter).</summary>
public sealed record SignedQuestion(string ConsumerKey, string Nonce, string Timestamp, string Signature);

/// <summary>A credential that was handed out.</summary>
public sealed record Grant(string OpenId, Credential Kind, SignedQuestion? Question = null)
{
    public bool Spent { get; init; }
}

/// <summary>Who has an account at one vendor, and what was handed out to them. In memory; the oldest go first.</summary>
public sealed class VendorBook
{
    public const int Capacity = 1_000;

    private readonly Lock gate = new();
    private readonly Bounded<VendorPerson> persons = new(Capacity);
    private readonly Bounded<Grant> grants = new(4 * Capacity);
    private long version;

    /// <summary>Goes up with every change that the page shows.</summary>
    public long Version => Volatile.Read(ref version);

    public VendorPerson? Person(string openId)
    {
        lock (gate)
        {
            return persons.Find(openId);
        }
    }

    public Grant? Find(string credential)
    {
        lock (gate)
        {
            return grants.Find(credential);
        }
    }

    public void Put(VendorPerson person)
    {
        lock (gate)
        {
            persons.Put(person.OpenId, person);
            version++;
        }
    }

    /// <summary>False when nobody has this open_id.</summary>
    public bool Behave(string openId, VendorBehaviour behaviour)
    {
        lock (gate)
        {
            if (persons.Find(openId) is not { } person)
            {
                return false;
            }

            persons.Put(openId, person with { Behaviour = behaviour });
            version++;
            return true;
        }
    }

    public void Hand(string credential, Grant grant)
    {
        lock (gate)
        {
            grants.Put(credential, grant);
        }
    }

    /// <summary>A token in exchange for a code.</summary>
    public string HandToken(string prefix, string openId)
    {
        var token = prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
        Hand(token, new(openId, Credential.Token));
        return token;
    }

    /// <summary>False when it has been spent before.</summary>
    public bool Spend(string credential)
    {
        lock (gate)
        {
            if (grants.Find(credential) is not { Spent: false } grant)
            {
                return false;
            }

            grants.Put(credential, grant with { Spent = true });
            return true;
        }
    }

    public IReadOnlyList<VendorPerson> Newest(int count)
    {
        lock (gate)
        {
            return [.. persons.NewestFirst().Take(count)];
        }
    }
}
