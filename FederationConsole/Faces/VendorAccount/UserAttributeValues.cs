using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.VendorAccount;

/// <param name="UserId">The user asked for, or the one who goes on as that person since a merge.</param>
/// <param name="Attributes">By the schema in force; one without a value, or whose value no longer fits, is left out.</param>
public sealed record UserAttributesReply(long UserId, IReadOnlyDictionary<string, JsonNode> Attributes) : VendorAccountReply;

/// <param name="Attributes">An absent one stays, null, an empty text or list takes the value away.</param>
public sealed record UserAttributesRequest(Dictionary<string, JsonElement>? Attributes);

public sealed class UserAttributesRequestValidator : AbstractValidator<UserAttributesRequest>
{
    public UserAttributesRequestValidator() => RuleFor(r => r.Attributes).NotNull().WithErrorCode(Validation.MissingCode);
}

/// <summary><c>GET /account/v1/users/{user_id}/attributes</c>, for app servers: of a user of the app's own environment.</summary>
internal sealed class UserAttributesRead(AppTokenService tokens, ProfileReader profiles, UserAttributes attributes) : BearerHandler<UserAttributesReply>(tokens), IDocumented
{
    public static Documentation Documentation => new("获取用户属性", "A user’s attributes")
    {
        Seed = "003, 用户属性配置",
        Text = "供应用服务端使用：按当前环境生效的用户属性配置返回，没有值的不返回。",
        Parameters = [UserOfPath.Parameter],
        Faults = [FaultKind.NotFound],
        Reply = """{"result_code":"0","message":"成功","user_id":112356456,"attributes":{"company":"示例公司","gender":"1"}}""",
        Demo = [new() { Values = UserOfPath.Demo }],
    };

    protected override async ValueTask<Outcome<UserAttributesReply>> HandleAsync(AppEntry app, FaceCall call)
    {
        var user = await UserOfPath.FindAsync(profiles, app, call);
        return user.Ok ? UserOfPath.Reply(attributes, app, user.Value) : user.Fault;
    }
}

/// <summary><c>PUT /account/v1/users/{user_id}/attributes</c>: what users only read, app servers write.</summary>
internal sealed class UserAttributesWrite(AppTokenService tokens, ProfileReader profiles, UserAttributes attributes)
    : BearerHandler<UserAttributesRequest, UserAttributesReply>(tokens, new UserAttributesRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("修改用户属性", "Change a user’s attributes")
    {
        Seed = "003, 用户属性配置",
        Text = "未传的属性不变，传 null、空文本或空列表表示清空。用户只读的属性也可以由应用服务端修改。",
        Parameters = [UserOfPath.Parameter],
        Faults = [FaultKind.NotFound, FaultKind.Taken],
        Reply = """{"result_code":"0","message":"成功","user_id":112356456,"attributes":{"company":"示例公司","position":"工程师"}}""",
        Demo = [new() { Values = UserOfPath.Demo, Body = """{"attributes":{"company":"示例公司","position":"工程师"}}""" }],
    };

    protected override async Task<Outcome<UserAttributesReply>> HandleAsync(UserAttributesRequest request, AppEntry app, FaceCall call)
    {
        var before = await UserOfPath.FindAsync(profiles, app, call);
        if (!before.Ok)
        {
            return before.Fault;
        }

        var given = attributes.Read(app.Environment.Id, request.Attributes!, own: false);
        if (!given.Ok)
        {
            return UserAttributes.OnWire(given.Fault);
        }

        var done = await attributes.ChangeAsync(app.Environment.Id, before.Value.User.Id, ProfileChange.None, given.Value, Bearer.ActorOf(app, call));
        if (!done.Ok)
        {
            return UserAttributes.OnWire(done.Fault);
        }

        var after = await UserOfPath.FindAsync(profiles, app, call);
        return after.Ok ? UserOfPath.Reply(attributes, app, after.Value) : after.Fault;
    }
}

/// <summary>The user whom a path names, of the app's own environment.</summary>
internal static class UserOfPath
{
    private const string Name = "user_id";

    public static readonly Parameter Parameter = Parameter.Path(Name, "用户标识");

    public static readonly IReadOnlyDictionary<string, string> Demo = new Dictionary<string, string> { [Name] = "{{vendor_user_id}}" };

    /// <summary><see cref="FaultKind.NotFound"/>: nobody, or somebody of another environment.</summary>
    public static async Task<Outcome<UserProfile>> FindAsync(ProfileReader profiles, AppEntry app, FaceCall call) =>
        await profiles.FindAsync(app.Environment.Id, UserId.Of(call.PathNumber(Name))) is { } profile ? profile : new Fault(FaultKind.NotFound, Name);

    public static UserAttributesReply Reply(UserAttributes attributes, AppEntry app, UserProfile profile) =>
        new(profile.User.Id.Value, attributes.OnWire(app.Environment.Id, profile.Attributes));
}
