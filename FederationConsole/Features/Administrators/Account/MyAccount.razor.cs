using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Account;

public enum MyAccountAct
{
    None,
    Begin,
    Enable,
    Password,
    Codes,
    Disable,
}

public sealed class MyAccountFields
{
    /// <summary>Which button was pressed.</summary>
    public MyAccountAct Act { get; set; }
    public string? Code { get; set; }
    public string? Current { get; set; }
    public string? Password { get; set; }
}

/// <summary>One's own password and second step. A change ends one's other sessions; this one gets a new cookie.</summary>
public sealed partial class MyAccount
{
    private Actor actor = default!;
    private MyAccountDetails? account;
    private TwoStepSetUp? setUp;
    private IReadOnlyList<string>? codes;
    private string? done;
    private bool isQrOffered;

    [Inject] private HostService Host { get; set; } = default!;

    [Inject] private MyAccountService Account { get; set; } = default!;

    [Inject] private AdministratorDirectory Directory { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        actor = await Directory.ActorAsync(Http.User, Http.TraceIdentifier);
        isQrOffered = await Host.QrEnvironmentAsync() is not null;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var read = await Account.ReadAsync(actor);
        account = read.Value;
        if (!read.Ok)
        {
            // The cookie is of before a change elsewhere.
            Navigate.NavigateTo(AccountPaths.Denied);
        }
    }

    private async Task SubmitAsync()
    {
        if (account is null)
        {
            return;
        }

        var fault = await ActAsync(Input!);
        (Input!.Code, Input.Current, Input.Password) = (null, null, null);
        if (fault is not null)
        {
            Show(fault);
        }
        else if (Input.Act is not (MyAccountAct.Begin or MyAccountAct.None))
        {
            done = $"Done_{Input.Act}";
            await Flow.RenewAsync(account.Id);
            await ReadAsync();
        }
    }

    private async Task<Fault?> ActAsync(MyAccountFields input) => input.Act switch
    {
        MyAccountAct.None => null,
        MyAccountAct.Begin => await BeginAsync(),
        MyAccountAct.Enable => Keep(await Account.EnableTwoStepAsync(actor, input.Code)) is { } wrong ? await BeginAsync() ?? wrong : null,
        MyAccountAct.Password => (await Account.ChangePasswordAsync(actor, input.Current, input.Password)).Fault,
        MyAccountAct.Codes => Keep(await Account.NewRecoveryCodesAsync(actor, input.Current)),
        MyAccountAct.Disable => (await Account.DisableTwoStepAsync(actor, input.Current)).Fault,
    };

    private async Task<Fault?> BeginAsync()
    {
        var begun = await Account.BeginTwoStepAsync(actor);
        setUp = begun.Value;
        return begun.Fault;
    }

    private Fault? Keep(Outcome<IReadOnlyList<string>> made)
    {
        codes = made.Value;
        return made.Fault;
    }
}
