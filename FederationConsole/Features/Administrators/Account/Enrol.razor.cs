using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Account;

/// <summary>Between password and console, where the policy asks for two steps and this administrator has one.</summary>
public sealed partial class Enrol
{
    private Actor? actor;
    private TwoStepSetUp? setUp;
    private IReadOnlyList<string>? codes;

    [Inject] private MyAccountService Account { get; set; } = default!;

    [Inject] private AdministratorDirectory Directory { get; set; } = default!;

    [Inject] private Caller Caller { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (await Flow.EnrollingAsync() is not { } user)
        {
            Follow(SignInStep.Expired);
            return;
        }

        actor = await Directory.ActorAsync(user.Id, Caller.Address, Caller.RequestId);
        var begun = await Account.BeginTwoStepAsync(actor);
        if (begun.Ok)
        {
            setUp = begun.Value;
        }
        else
        {
            Show(begun.Fault);
        }
    }

    private async Task SubmitAsync()
    {
        if (actor is null || setUp is null)
        {
            return;
        }

        var enabled = await Account.EnableTwoStepAsync(actor, Input!.Code);
        Input.Code = null;
        if (!enabled.Ok)
        {
            Show(enabled.Fault);
        }
        else if (await Flow.EnrolledAsync(actor) is var step && step != SignInStep.SignedIn)
        {
            Follow(step);
        }
        else
        {
            codes = enabled.Value;
        }
    }

    public sealed class Fields
    {
        public string? Code { get; set; }
    }
}
