using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators.Account;

/// <summary>
/// What the account pages share. They are plain HTML and forms and no circuit: signing in writes a cookie, which only a
/// response can.
/// </summary>
/// <typeparam name="TInput">The form's fields.</typeparam>
public abstract class AccountPage<TInput> : ComponentBase
    where TInput : class, new()
{
    [Inject] private protected IStringLocalizer<AdministratorTexts> T { get; set; } = default!;

    [Inject] private protected IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Inject] private protected NavigationManager Navigate { get; set; } = default!;

    [Inject] private protected SignInFlow Flow { get; set; } = default!;

    [CascadingParameter] private protected HttpContext Http { get; set; } = default!;

    [SupplyParameterFromQuery(Name = AccountPaths.ReturnUrl)] public string? ReturnTo { get; set; }

    [SupplyParameterFromForm] public TInput? Input { get; set; }

    private protected EditContext Form { get; private set; } = default!;

    private protected FormMessages Messages { get; private set; } = default!;

    private protected bool IsGet => HttpMethods.IsGet(Http.Request.Method);

    protected override void OnInitialized()
    {
        Input ??= new();
        Form = new EditContext(Input);
        Messages = new FormMessages(Form, Shell);
    }

    private protected void Show(Fault fault) => Messages.Show(T.Explain(fault));

    /// <summary>The same account page with the way back kept.</summary>
    private protected string With(string path) =>
        ReturnUrl.Local(ReturnTo) is var back && back == "/" ? path : $"{path}?{AccountPaths.ReturnUrl}={Uri.EscapeDataString(back)}";

    /// <summary>Leads on, or says why not.</summary>
    private protected void Follow(SignInStep step)
    {
        var (next, fault) = step switch
        {
            SignInStep.SignedIn => (ReturnUrl.Local(ReturnTo), null),
            SignInStep.Code => (With(AccountPaths.TwoStep), null),
            SignInStep.Enrolment => (With(AccountPaths.Enrol), null),
            SignInStep.Expired => (With(AccountPaths.SignIn), null),
            SignInStep.Refused => ((string?)null, new Fault(FaultKind.NotAllowedNow, "refused")),
            SignInStep.TooMany => (null, new Fault(FaultKind.TooMany) { RetryAfter = ExactLimits.GuessWindow }),
        };
        if (next is not null)
        {
            Navigate.NavigateTo(next);
        }
        else
        {
            Show(fault!);
        }
    }
}
