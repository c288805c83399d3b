using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Registrations;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Users;

/// <summary>The card of one user. It loads by itself, so that the list beside it stays as it is.</summary>
public sealed partial class UserCardView
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private UserCard? card;
    private IReadOnlyList<SessionRow> sessions = [];
    private IReadOnlyList<UserRegistration> registrations = [];
    private SignalFollower? live;
    private Danger? asked;
    private Fault? refused;
    private string? said;
    private bool acting;
    private int unbinding;
    private Secret? password;

    /// <summary>What asks for the name to be typed.</summary>
    private enum Danger
    {
        Disable,
        EndAll,
        Reset,
        Unbind,
        Erase,
    }

    [Inject] private UserService Users { get; set; } = default!;
    [Inject] private UserSessions Sessions { get; set; } = default!;
    [Inject] private UserRegistrations Registrations { get; set; } = default!;
    [Inject] private UserAccess Access { get; set; } = default!;
    [Inject] private UserEraser Eraser { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [Parameter, EditorRequired] public UserId Id { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    /// <summary>The user is not what the list shows any more.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private string Name => card?.User.Nickname ?? Id.ToString();

    private bool MayAct => Context.May(Role.Operator);

    private int Holding => sessions.Count(session => session.Holds(Clock.GetUtcNow()));

    private string AuditHref => $"{Context.Link("audit")}?kind=user&q={Id.Value.ToString(CultureInfo.InvariantCulture)}";

    private string TracesHref => $"{Context.Link("traces")}?q={Id.Value.ToString(CultureInfo.InvariantCulture)}";

    protected override object LoadKey => (Context.Environment, Id);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task OnParametersSetAsync()
    {
        if (card is not null && card.User.Id != Id)
        {
            // Another user's name must not stand above this one's actions while the card loads.
            (card, sessions, asked, refused, said, password) = (null, [], null, null, null, null);
            registrations = [];
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Users.CardAsync(Context.Actor, Context.Environment.Id, Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        var signedIn = await Sessions.ListAsync(Context.Actor, Context.Environment.Id, Id);
        if (!signedIn.Ok)
        {
            return signedIn.Fault;
        }

        var registered = await Registrations.ListAsync(Context.Actor, Context.Environment.Id, Id);
        cancellationToken.ThrowIfCancellationRequested();
        if (!registered.Ok)
        {
            return registered.Fault;
        }

        (card, sessions, registrations) = (found.Value, signedIn.Value, registered.Value);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private bool Matters(Signal signal) => signal.Topic is UserDirectory.Topic or SessionService.UserTopic && signal.Id == Id.Value;

    private void Ask(Danger? danger) => (asked, refused) = (danger, null);

    private void AskUnbind(int source)
    {
        unbinding = source;
        Ask(Danger.Unbind);
    }

    private async Task ChangedAsync()
    {
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }

    private Task ConfirmAsync() => asked switch
    {
        Danger.Disable => ActAsync(Sessions.DisableAsync, T["Said.Disabled"]),
        Danger.EndAll => ActAsync(Sessions.EndAllAsync, T["Said.AllEnded"]),
        Danger.Reset => ActAsync(ResetAsync, T["Reset.Once"]),
        Danger.Unbind => ActAsync((actor, environment, user) => Access.UnbindAsync(actor, environment, user, unbinding), T["Said.Unbound"]),
        Danger.Erase => EraseAsync(),
        _ => Task.CompletedTask,
    };

    private async Task<Outcome> ResetAsync(Actor actor, EnvironmentId environment, UserId user)
    {
        var made = await Access.ResetPasswordAsync(actor, environment, user);
        password = made.Value;
        return made.Ok ? Outcome.Done : made.Fault;
    }

    /// <summary>Nothing is left to show: the card closes.</summary>
    private async Task EraseAsync()
    {
        if (acting)
        {
            return;
        }

        acting = true;
        var outcome = await Eraser.EraseAsync(Context.Actor, Context.Environment.Id, Id);
        (acting, refused) = (false, outcome.Fault);
        if (outcome.Ok)
        {
            asked = null;
            await OnChanged.InvokeAsync();
            Navigate.NavigateTo(CloseHref);
        }
    }

    private Task EnableAsync() => ActAsync(Sessions.EnableAsync, T["Said.Enabled"]);

    private Task EndAsync(SessionId session) => ActAsync((actor, environment, user) => Sessions.EndAsync(actor, environment, user, session), T["Said.Ended"]);

    /// <summary>Does it once, says how it went, and shows what is now.</summary>
    private async Task ActAsync(Func<Actor, EnvironmentId, UserId, Task<Outcome>> act, string done)
    {
        if (acting)
        {
            return;
        }

        acting = true;
        var outcome = await act(Context.Actor, Context.Environment.Id, Id);
        (acting, refused) = (false, outcome.Fault);
        if (outcome.Ok)
        {
            (asked, said) = (null, done);
            await ChangedAsync();
        }
    }
}
