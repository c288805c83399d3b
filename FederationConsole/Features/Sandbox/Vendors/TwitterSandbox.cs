using System.Globalization;
using System.Security.Cryptography;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>
/// Twitter (upstreams A6), 1.0a and 2.0. Here it is the person's app as well: it hands out the signed question whole, and
/// takes that one back once. It checks no signature of its own making, since an app's secrets would have to be public for that.
/// </summary>
public sealed class TwitterSandbox() : Vendor("twitter", 8)
{
    private const string ConsumerKey = "sandboxConsumerKey01";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Replay, Credential.Token];

    // Neither way says for which app a token is.
    protected override IReadOnlyList<VendorBehaviour> Impossible { get; } = [VendorBehaviour.OtherApp];

    public override StandardAnswer Answer(VendorQuestion question) => question.Path switch
    {
        "/1.1/users/show.json" => Shown(question),
        "/2/users/me" when !question.Authorization.StartsWith("Bearer ", StringComparison.Ordinal) => Unauthorized,
        "/2/users/me" => Take(question.Authorization["Bearer ".Length..], Credential.Token, (person, _) => Say(new
        {
            data = new { id = Told(person), name = NicknameOf(person), username = "sandbox", profile_image_url = "" },
        })),
        _ => Fault(404, 34, "Sorry, that page does not exist."),
    };

    protected override string NewOpenId() => "1" + Digits(18);

    /// <summary>A 1.0a token begins with its owner's id.</summary>
    protected override string NewCredential(string openId, Credential kind) => kind == Credential.Replay ? $"{openId}-{Hex(32)}" : base.NewCredential(openId, kind);

    protected override SignedQuestion Sign(DateTimeOffset now) => new(ConsumerKey, Hex(32), Seconds(now), Convert.ToBase64String(RandomNumberGenerator.GetBytes(20)));

    protected override StandardAnswer Refuse(No why) => why switch
    {
        No.Unknown or No.Expired => Fault(401, 89, "Invalid or expired token."),
        No.Refused => Fault(403, 64, "Your account is suspended and is not permitted to access this feature."),
        No.Spent => Fault(401, 32, "Could not authenticate you."),
    };

    private static StandardAnswer Unauthorized => Say(new { title = "Unauthorized", type = "about:blank", status = 401, detail = "Unauthorized" }, 401);

    private StandardAnswer Shown(VendorQuestion question)
    {
        if (!question.Authorization.StartsWith("OAuth ", StringComparison.Ordinal))
        {
            return Fault(400, 215, "Bad Authentication data.");
        }

        var sent = question.Authorization[6..].Split(", ").Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => Uri.UnescapeDataString(part[1].Trim('"')), StringComparer.Ordinal);
        var (token, asked) = (Sent("oauth_token"), new SignedQuestion(Sent("oauth_consumer_key"), Sent("oauth_nonce"), Sent("oauth_timestamp"), Sent("oauth_signature")));
        if (!long.TryParse(asked.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(question.Now.ToUnixTimeSeconds() - seconds) > Window.TotalSeconds)
        {
            return Fault(401, 135, "Timestamp out of bounds.");
        }

        // Looked at before it is spent: a wrong signature costs nobody the right one.
        return Book.Find(token) is { Question: { } signed } && signed != asked
            ? Fault(401, 32, "Could not authenticate you.")
            : Take(token, Credential.Replay, (person, _) => question["user_id"] == person.OpenId
                ? Say(new { id_str = Told(person), name = NicknameOf(person), screen_name = "sandbox", profile_image_url_https = "" })
                : Fault(404, 50, "User not found."));

        string Sent(string name) => sent[name].FirstOrDefault("");
    }

    private static StandardAnswer Fault(int status, int code, string message) => Say(new { errors = new[] { new { code, message } } }, status);
}
