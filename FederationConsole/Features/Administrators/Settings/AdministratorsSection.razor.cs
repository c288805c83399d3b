using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>Who may sign in, and the card of one of them. For owners of the host.</summary>
public sealed partial class AdministratorsSection
{
    public const string NewCard = "new";

    private IReadOnlyList<AdministratorRow>? rows;
    private Fault? fault;

    [Inject] private AdministratorService Administrators { get; set; } = default!;

    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Inject] private IStringLocalizer<AdministratorTexts> T { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ConsoleProject> Projects { get; set; }

    [Parameter, EditorRequired] public string? Card { get; set; }

    private AdministratorRow? Open => rows?.FirstOrDefault(r => Id(r) == Card);

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string Id(AdministratorRow row) => row.Id.ToString(CultureInfo.InvariantCulture);

    private string Href(string? card) => Navigate.GetUriWithQueryParameter("card", card);

    private string RolesOf(AdministratorRow row) => string.Join(", ", row.Grants.OrderBy(g => g.ProjectId).Select(g =>
        g.ProjectId is null
            ? T[$"Role_{g.Role}"].Value
            : T["Admins.RoleIn", T[$"Role_{g.Role}"], Projects.FirstOrDefault(p => p.Id.Value == g.ProjectId)?.Name ?? "?"].Value));

    private async Task LoadAsync()
    {
        var list = await Administrators.ListAsync(Actor);
        (rows, fault) = (list.Value, list.Fault);
    }
}
