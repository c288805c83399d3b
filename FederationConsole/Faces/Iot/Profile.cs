using System.Text.Json.Nodes;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>A user's own profile and bound sources (faces.md, Iot), by the names of the vendor's public pages.</summary>
/// <param name="Gender">1 male, 2 female, -1 unknown.</param>
/// <param name="Status">1 active, 2 disabled.</param>
/// <param name="Source">The source that made the user; 0 for one who registered.</param>
/// <param name="Phone">The national number.</param>
/// <param name="Identities">The bound sources.</param>
/// <param name="Attributes">By the schema in force in the environment (seed 003); one without a value is left out.</param>
public sealed record ProfileReply(
    long UserId, string? Nickname, string? Avatar, int Gender, int Status, int Source, string? Phone, string? PhoneZone, string? Email,
    bool PasswdInited, DateTimeOffset CreateDate, IReadOnlyList<BoundSource> Identities, IReadOnlyDictionary<string, JsonNode> Attributes);

public sealed record BoundSource(int Source, string OpenId, string? Nickname, DateTimeOffset BindDate);

/// <summary>GET /v2/user/{user_id}: the hottest read, answered from memory.</summary>
internal sealed class Profile(IotAccess access, ProfileReader profiles, UserAttributes attributes) : FaceHandler<ProfileReply>, IDocumented
{
    public static Documentation Documentation => new("获取用户信息", "A user’s profile")
    {
        Text = "用户自己的资料、已绑定的第三方，以及项目定义的用户属性（attributes）。",
        Parameters = [IotDocuments.UserId],
        Faults = [FaultKind.NotYourself, FaultKind.UnknownUser],
        Reply = """{"user_id":112356456,"nickname":"李清华","gender":-1,"status":1,"source":10,"phone":"13838383388","phone_zone":"+86","passwd_inited":true,"create_date":"2026-11-21T12:00:00+00:00","identities":[{"source":10,"open_id":"156s1fe6d123fef15d1d2","nickname":"李清华","bind_date":"2026-11-21T12:00:00+00:00"}],"attributes":{"company":"示例公司"}}""",
        Demo = [new() { Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" } }],
    };

    protected override Credential Credential => Credential.UserToken;

    protected override async ValueTask<Outcome<ProfileReply>> HandleAsync(FaceCall call)
    {
        var session = await access.CheckPathUserAsync(call);
        if (!session.Ok)
        {
            return session.Fault;
        }

        return await profiles.ReadAsync(session.Value.EnvironmentId, session.Value.UserId) is { } profile
            ? Reply(profile, attributes.OnWire(session.Value.EnvironmentId, profile.Attributes))
            : FaultKind.UnknownUser;
    }

    private static ProfileReply Reply(UserProfile profile, IReadOnlyDictionary<string, JsonNode> attributes) => new(
        profile.User.Id.Value, profile.User.Nickname, profile.User.AvatarUrl, profile.User.Gender == 0 ? -1 : profile.User.Gender,
        profile.User.DisabledAt is null ? 1 : 2, profile.User.Origin, profile.User.NationalPhone, profile.User.PhoneZone, profile.User.Email,
        profile.HasPassword, profile.User.CreatedAt,
        [.. profile.Identities.Select(i => new BoundSource(i.Source, i.OpenId, i.Nickname, i.BoundAt))], attributes);
}
