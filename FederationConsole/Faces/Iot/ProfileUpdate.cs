using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What a user may change of their profile; an absent field stays as it is, an unknown one is ignored.</summary>
/// <param name="Avatar">An http or https address.</param>
/// <param name="Gender">1 male, 2 female, -1 unknown.</param>
/// <param name="Attributes">By the project's schema (seed 003), which is not in force yet: a value that would be lost is refused.</param>
public sealed record ProfileRequest(string? Nickname, string? Avatar, int? Gender, JsonElement? Attributes = null);

public sealed class ProfileRequestValidator : AbstractValidator<ProfileRequest>
{
    public ProfileRequestValidator()
    {
        RuleFor(r => r.Nickname).MinimumLength(1).Text(64);
        RuleFor(r => r.Avatar).Text(1024)
            .Must(text => string.IsNullOrEmpty(text) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithMessage(_ => FaceTexts.NotAnAddress);
        RuleFor(r => r.Attributes)
            .Must(given => given is not { } attributes || (attributes.ValueKind == JsonValueKind.Object && !attributes.EnumerateObject().Any()))
            .WithMessage(_ => FaceTexts.NoAttributes);
        RuleFor(r => r.Gender).Must(gender => gender is null or 1 or 2 or -1).WithMessage(_ => FaceTexts.NotAGender);
    }
}

/// <summary>PUT /v2/user/{user_id} (faces.md, Iot).</summary>
internal sealed class ProfileUpdate(IotAccess access, UserProfiles profiles)
    : SignedInHandler<ProfileRequest, IotNothing>(access, new ProfileRequestValidator())
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(ProfileRequest request, CheckedSession session, FaceCall call)
    {
        var change = new ProfileChange(request.Nickname, request.Avatar, request.Gender is -1 ? 0 : request.Gender);
        var done = await profiles.ChangeAsync(session.EnvironmentId, session.UserId, change, ActorOf(session, call));
        return done.Ok ? IotNothing.Instance : done.Fault;
    }
}
