using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Account;

/// <summary>The second step: a code of the authenticator app, or one of the recovery codes.</summary>
public sealed partial class TwoStep
{
    private const string RecoveryWay = "recovery";

    [SupplyParameterFromQuery] public string? Way { get; set; }

    private bool Recovery => Way == RecoveryWay;

    private string Other => Navigate.GetUriWithQueryParameter("way", Recovery ? null : RecoveryWay);

    protected override async Task OnInitializedAsync()
    {
        if (IsGet && await Flow.HalfwayAsync() is not { TwoFactorEnabled: true })
        {
            Follow(SignInStep.Expired);
        }
    }

    private async Task SubmitAsync()
    {
        var step = await (Recovery ? Flow.RecoveryCodeAsync(Input!.Code) : Flow.CodeAsync(Input!.Code));
        Input.Code = null;
        Follow(step);
    }

    public sealed class Fields
    {
        public string? Code { get; set; }
    }
}
