using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Account;

/// <summary>E-mail and password. Who is signed in already goes on; where nobody can be, the set-up page comes first.</summary>
public sealed partial class SignIn
{
    private bool isQrOffered;

    [Inject] private SetUpService SetUp { get; set; } = default!;

    [Inject] private HostService Host { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        isQrOffered = await Host.QrEnvironmentAsync() is not null;
        if (!IsGet)
        {
            return;
        }

        if (Http.User.Identity is { IsAuthenticated: true })
        {
            Navigate.NavigateTo(ReturnUrl.Local(ReturnTo));
        }
        else if (await SetUp.IsOpenAsync())
        {
            Navigate.NavigateTo(AccountPaths.SetUp);
        }
    }

    private async Task SubmitAsync()
    {
        var step = await Flow.PasswordAsync(Input!.Email, Input.Password);
        Input.Password = null;
        Follow(step);
    }

    public sealed class Fields
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
