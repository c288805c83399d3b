using FederationConsole.Features.Accounts;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Faces.VendorAccount;

/// <param name="Users">One at most: each criterion is unique in an environment.</param>
public sealed record UsersReply(IReadOnlyList<FoundUserReply> Users) : VendorAccountReply;

/// <param name="OpenIds">The ids that this app's vendor knows the person by; of no other app's.</param>
/// <param name="Phone">The national number.</param>
/// <param name="Gender">1 male, 2 female, 0 unknown.</param>
public sealed record FoundUserReply(
    long UserId, IReadOnlyList<string> OpenIds, string? Phone, string? PhoneZone, string? Email, string? Nickname, string? Avatar, int Gender,
    DateTimeOffset CreatedAt, bool Disabled);

/// <summary><c>GET /account/v1/users?phone=|email=|open_id=</c>, for app servers: exactly one of the three, in the app's own environment.</summary>
internal sealed class Users(AppTokenService tokens, UserLookup lookup) : BearerHandler<UsersReply>(tokens), IDocumented
{
    public static Documentation Documentation => new("查询用户", "Find a user")
    {
        Text = "供应用服务端使用：在应用自己的环境中，按手机号、邮箱或 open_id 之一查询。",
        Parameters =
        [
            Parameter.Query(Phone, "手机号"), Parameter.Query(PhoneZone, "手机区号,默认为+86"), Parameter.Query(Email, "邮箱"),
            Parameter.Query(OpenId, "此应用的厂商给用户的标识"),
        ],
        Reply = """
            {"result_code":"0","message":"成功","users":[{"user_id":112356456,"open_ids":["OPENID"],"nickname":"李清华","gender":0,"created_at":"2026-11-21T12:00:00+00:00","disabled":false}]}
            """,
        Demo = [new() { Values = new Dictionary<string, string> { [OpenId] = "{{vendor_open_id}}" } }],
    };

    private const string PhoneZone = "phone_zone";

    private const string Phone = "phone";
    private const string Email = "email";
    private const string OpenId = "open_id";
    private const int MaxOpenId = 128;

    protected override async ValueTask<Outcome<UsersReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        var key = Read(call);
        if (!key.Ok)
        {
            return key.Fault;
        }

        var found = await lookup.FindAsync(app.Environment, key.Value, User.VendorOrigin, app.Id.ToString());
        return new UsersReply(found is null ? [] : [Show(found)]);
    }

    private static Outcome<UserKey> Read(FaceCall call)
    {
        var said = new[] { Phone, Email, OpenId }.Where(name => !string.IsNullOrEmpty(call.Query(name))).ToList();
        if (said is not [var only])
        {
            return new Fault(said.Count == 0 ? FaultKind.Missing : FaultKind.Invalid, null, VendorAccountFace.OneCriterion);
        }

        var value = call.Query(only)!;
        UserKey? key = only switch
        {
            Phone => PhoneNumber.Parse(value, call.Query(PhoneZone)) is { } phone ? new(Phone: phone.E164) : null,
            Email => EmailAddress.Parse(value) is { } email ? new(Email: email) : null,
            _ => value.Length <= MaxOpenId && !value.Any(char.IsControl) ? new(OpenId: value) : null,
        };
        return key is null ? new Fault(FaultKind.Invalid, only) : key;
    }

    private static FoundUserReply Show(LookedUp found) => new(
        found.User.Id.Value, found.OpenIds, found.User.NationalPhone, found.User.PhoneZone, found.User.Email, found.User.Nickname, found.User.AvatarUrl,
        found.User.Gender, found.User.CreatedAt, found.User.DisabledAt is not null);
}
