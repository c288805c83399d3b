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
    /// <summary>The fields were validated. Faults: corp, app, phone zone.</summary>
    public static Outcome<IotContact> Of(ProjectCatalog projects, IContactRequest request)
    {
        if (projects.ByCorpId(request.CorpId!) is not { } environment)
        {
            return FaultKind.UnknownCorp;
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

        return (string.IsNullOrEmpty(request.Phone) ? MessageTarget.Mail(request.Email) : MessageTarget.Phone(request.Phone, request.PhoneZone)) is { } target
            ? new IotContact(environment, app, target)
            : new Fault(FaultKind.PhoneZoneInvalid, "phone_zone");
    }

    /// <summary>For the audit trail: the app that asks, never the person's address.</summary>
    public Actor Actor(FaceCall call) => new(ActorKind.App, App?.AppKey ?? "", App?.Name ?? "", call.Address, call.RequestId);
}

/// <summary>Rules of the fields that such requests share.</summary>
internal static class IotContactRules
{
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
                .Must((request, number) => PhoneNumber.Parse(number, request.PhoneZone) is not null)
                // A zone that is none has a code of its own, which comes after corp and app.
                .When(r => !string.IsNullOrEmpty(r.Phone) && PhoneNumber.IsZone(r.PhoneZone), ApplyConditionTo.CurrentValidator)
                .WithMessage(_ => IotContactTexts.Phone);
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
