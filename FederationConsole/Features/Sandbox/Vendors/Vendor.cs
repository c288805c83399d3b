using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>What the platform asked, its query or form decoded.</summary>
/// <param name="Path">Below the vendor's address, with its slash.</param>
public sealed record VendorQuestion(string Method, string Path, IReadOnlyDictionary<string, string> Parameters, string Authorization, DateTimeOffset Now)
{
    /// <summary>A parameter; empty when it was not sent.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, "");
}

/// <summary>What somebody's app got: what the platform is to be sent.</summary>
public sealed record Issued(string OpenId, string AccessToken, Credential Credential, SignedQuestion? Question);

/// <summary>Why a vendor says no to a credential.</summary>
public enum No
{
    /// <summary>It never handed this out.</summary>
    Unknown,
    Refused,
    Expired,
    Spent,
}

/// <summary>
/// One of the world's third parties as <c>upstreams.md</c> describes its wire: simplified where nobody is asked, to the letter
/// where the platform asks. A set-up whose <c>apiBase</c> is its address under <c>/sandbox</c> works with no network.
/// </summary>
public abstract class Vendor(string name, int source)
{
    private static readonly VendorBehaviour[] All = Enum.GetValues<VendorBehaviour>();

    /// <summary>In the address: <c>/sandbox/{name}</c>.</summary>
    public string Name => name;

    /// <summary>As seed 002 numbers it.</summary>
    public int Source => source;

    public VendorBook Book { get; } = new();

    public Journal<VendorEntry> Journal { get; } = new();

    /// <summary>What it hands out; the first is what the demo project is set up for.</summary>
    public abstract IReadOnlyList<Credential> Credentials { get; }

    /// <summary>What it cannot do: its wire has no place to say it.</summary>
    protected virtual IReadOnlyList<VendorBehaviour> Impossible => [];

    public IEnumerable<VendorBehaviour> Behaviours => All.Except(Impossible);

    /// <summary>Answers as the vendor would; a path that it does not have is a 404.</summary>
    public abstract StandardAnswer Answer(VendorQuestion question);

    protected abstract string NewOpenId();

    protected abstract StandardAnswer Refuse(No why);

    protected static StandardAnswer NotFound => Say(new { error = "not_found" }, 404);

    /// <param name="openId">Somebody known, for another credential; null for somebody new.</param>
    /// <returns>Null when nobody has this open_id.</returns>
    public Issued? Issue(string? openId, string? nickname, VendorBehaviour? behaviour, Credential credential, DateTimeOffset now)
    {
        var known = openId is null ? null : Book.Person(openId);
        if (openId is not null && known is null)
        {
            return null;
        }

        var person = new VendorPerson(known?.OpenId ?? NewOpenId(), nickname ?? known?.Nickname, behaviour ?? known?.Behaviour ?? VendorBehaviour.Approve);
        Book.Put(person);
        var signed = credential == Credential.Replay ? Sign(now) : null;
        var issued = new Issued(person.OpenId, NewCredential(person.OpenId, credential), credential, signed);
        Book.Hand(issued.AccessToken, new(person.OpenId, credential, signed));
        return issued;
    }

    protected virtual string NewCredential(string openId, Credential kind) => $"{name}-{SandboxJson.Name(kind)}-{Hex(32)}";

    protected virtual SignedQuestion? Sign(DateTimeOffset now) => null;

    /// <summary>What becomes of a credential: the vendor's no, what goes wrong out there, or <paramref name="yes"/>. A code is spent.</summary>
    protected StandardAnswer Take(string credential, Credential kind, Func<VendorPerson, Grant, StandardAnswer> yes)
    {
        if (Book.Find(credential) is not { } grant || grant.Kind != kind || Book.Person(grant.OpenId) is not { } person)
        {
            return Refuse(No.Unknown);
        }

        if (kind != Credential.Token && !Book.Spend(credential))
        {
            return Refuse(No.Spent);
        }

        return person.Behaviour switch
        {
            VendorBehaviour.Refuse => Refuse(No.Refused),
            VendorBehaviour.Expire => Refuse(No.Expired),
            VendorBehaviour.Hang => StandardAnswer.None,
            VendorBehaviour.Html => StandardAnswer.Html,
            VendorBehaviour.BrokenJson => StandardAnswer.Broken,
            VendorBehaviour.Redirect => StandardAnswer.Redirect,
            VendorBehaviour.Large => StandardAnswer.Large,
            VendorBehaviour.ServerError => StandardAnswer.Crashed,
            VendorBehaviour.Approve or VendorBehaviour.OtherUser or VendorBehaviour.OtherApp => yes(person, grant),
        };
    }

    /// <summary>The id that the vendor tells: another one than claimed where it is to be another user.</summary>
    protected string Told(VendorPerson person) => person.Behaviour == VendorBehaviour.OtherUser ? NewOpenId() : person.OpenId;

    /// <summary>The app that the vendor tells.</summary>
    protected static string Told(VendorPerson person, string app) => person.Behaviour == VendorBehaviour.OtherApp ? app[..^1] + (app[^1] == '9' ? '8' : '9') : app;

    protected static string NicknameOf(VendorPerson person) => person.Nickname ?? "Sandbox";

    protected static StandardAnswer Say(object content, int status = 200) => new(status, JsonSerializer.SerializeToUtf8Bytes(content, StandardAnswer.Plain));

    protected static string Hex(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);

    protected static string Digits(int length) => RandomNumberGenerator.GetString("0123456789", length);

    protected static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
