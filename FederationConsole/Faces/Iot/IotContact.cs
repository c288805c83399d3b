using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>A request about a phone or a mail of one corp.</summary>
internal interface IContactRequest
{
    string? CorpId { get; }
    string? Phone { get; }
    string? PhoneZone { get; }
    string? Email { get; }
    string? PluginId { get; }
}

/// <summary>Which environment, app and address a request is about, in the order of checks of faces.md (Iot).</summary>
internal sealed record IotContact(EnvironmentEntry Environment, AppEntry? App, MessageTarget Target)
{
    /// <summary>A zone that is none: a field that is not valid, with a code of its own.</summary>
    public static Fault WrongZone => new(FaultKind.PhoneZoneInvalid, "phone_zone", IotContactTexts.Zone);

    /// <summary>The fields were validated. Faults: phone zone, corp, way not offered, app.</summary>
    public static Outcome<IotContact> Of(ProjectCatalog projects, IContactRequest request)
    {
        if ((string.IsNullOrEmpty(request.Phone) ? MessageTarget.Mail(request.Email) : MessageTarget.Phone(request.Phone, request.PhoneZone)) is not { } target)
        {
            return WrongZone;
        }

        if (projects.ByCorpId(request.CorpId!) is not { } environment)
        {
            return FaultKind.UnknownCorp;
        }

        // Codes, captchas, registration and passwords serve accounts of ours alone.
        if (environment.RefuseOwnAccounts() is { } notOffered)
        {
            return notOffered;
        }

        AppEntry? app = null;
        if (!string.IsNullOrEmpty(request.PluginId))
        {
            var found = projects.App(request.PluginId, environment.Id);
            if (!found.Ok)
            {
                return found.Fault;
            }

            app = found.Value;
        }

        return new IotContact(environment, app, target);
    }

    /// <summary>For the audit trail: the app that asks, never the person's address.</summary>
    public Actor Actor(FaceCall call) => new(ActorKind.App, App?.AppKey ?? "", App?.Name ?? "", call.Address, call.RequestId);
}

/// <summary>Rules of the fields that such requests share.</summary>
internal static class IotContactRules
{
    /// <summary>A number of its zone; of a zone that is none nothing is said here, that has a code of its own.</summary>
    public static IRuleBuilderOptions<T, string?> IsPhone<T>(this IRuleBuilder<T, string?> rule, Func<T, string?> zone) => rule
        .Must((request, number) => string.IsNullOrEmpty(number) || !PhoneNumber.IsZone(zone(request)) || PhoneNumber.Parse(number, zone(request)) is not null)
        .WithMessage(_ => IotContactTexts.Phone);

    public static void Contact<T>(this AbstractValidator<T> validator, bool phone, bool email)
        where T : IContactRequest
    {
        validator.RuleFor(r => r.CorpId).Required().Text(64);
        validator.RuleFor(r => r.PluginId).Text(64);
        validator.RuleFor(r => r.PhoneZone).Text(8);
        if (phone)
        {
            // One of the two, where both will do; a phone is looked at first.
            validator.RuleFor(r => r.Phone)
                .Required().When(r => !email || string.IsNullOrEmpty(r.Email), ApplyConditionTo.CurrentValidator)
                .Text(32)
                .IsPhone(r => r.PhoneZone);
        }

        if (email)
        {
            validator.RuleFor(r => r.Email)
                .Required().When(_ => !phone, ApplyConditionTo.CurrentValidator)
                .Text(MessageTarget.MaxMail)
                .Must(text => MessageTarget.Mail(text) is not null).When(r => string.IsNullOrEmpty(r.Phone) && !string.IsNullOrEmpty(r.Email), ApplyConditionTo.CurrentValidator)
                .WithMessage(_ => IotContactTexts.Email);
        }
    }
}
