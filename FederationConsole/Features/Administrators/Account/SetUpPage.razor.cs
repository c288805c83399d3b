using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Account;

/// <summary>Makes the first administrator, for who reads the server's output. Not there once there is one.</summary>
public sealed partial class SetUpPage
{
    [Inject] private SetUpService SetUp { get; set; } = default!;

    [Inject] private Caller Caller { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (!await SetUp.IsOpenAsync())
        {
            Navigate.NavigateTo(AccountPaths.SignIn);
        }
    }

    private async Task SubmitAsync()
    {
        var created = await SetUp.CreateAsync(Input!.Code, Input.Email, Input.Name, Input.Password, Caller);
        if (created.Ok)
        {
            Navigate.NavigateTo(AccountPaths.SignIn);
            return;
        }

        Input.Password = null;
        Show(created.Fault);
    }

    public sealed class Fields
    {
        public string? Code { get; set; }
        public string? Name { get; set; }
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
