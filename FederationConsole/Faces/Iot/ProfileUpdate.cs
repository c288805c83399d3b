using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What a user may change of their profile; an absent field stays as it is, an unknown one is ignored.</summary>
/// <param name="Avatar">An http or https address.</param>
/// <param name="Gender">1 male, 2 female, -1 unknown.</param>
/// <param name="Attributes">By the schema in force (seed 003): an absent one stays, null, an empty text or list takes the value away, an unknown one is refused.</param>
public sealed record ProfileRequest(string? Nickname, string? Avatar, int? Gender, Dictionary<string, JsonElement>? Attributes = null);

public sealed class ProfileRequestValidator : AbstractValidator<ProfileRequest>
{
    public ProfileRequestValidator()
    {
        RuleFor(r => r.Nickname).MinimumLength(1).Text(64);
        RuleFor(r => r.Avatar).Text(1024)
            .Must(text => string.IsNullOrEmpty(text) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithMessage(_ => FaceTexts.NotAnAddress);
        RuleFor(r => r.Gender).Must(gender => gender is null or 1 or 2 or -1).WithMessage(_ => FaceTexts.NotAGender);
    }
}

/// <summary>PUT /v2/user/{user_id} (faces.md, Iot): profile and attributes in one write.</summary>
internal sealed class ProfileUpdate(IotAccess access, UserAttributes attributes)
    : SignedInHandler<ProfileRequest, IotNothing>(access, new ProfileRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("修改用户信息", "Change a user’s profile")
    {
        Text = "未传的字段不变；attributes 中传 null 表示清空。",
        Parameters = [IotDocuments.UserId],
        Faults = [.. IotDocuments.User],
        Reply = "{}",
        Demo = [
            new()
            {
                Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" },
                Body = """{"nickname":"李清华","gender":1,"attributes":{"company":"示例公司"}}""",
            },
        ],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(ProfileRequest request, CheckedSession session, FaceCall call)
    {
        var given = request.Attributes is { } sent ? attributes.Read(session.EnvironmentId, sent, own: true) : AttributeChanges.None;
        if (!given.Ok)
        {
            return UserAttributes.OnWire(given.Fault);
        }

        var change = new ProfileChange(request.Nickname, request.Avatar, request.Gender is -1 ? 0 : request.Gender);
        var done = await attributes.ChangeAsync(session.EnvironmentId, session.UserId, change, given.Value, ActorOf(session, call));
        return done.Ok ? IotNothing.Instance : UserAttributes.OnWire(done.Fault);
    }
}
