using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What promotion carries, of one project's production: as it is, and as the file makes it.</summary>
/// <param name="Environment">Null where the file makes the project.</param>
internal sealed record ProductionParts(Scope? Environment, PromotionContent Before, PromotionContent After)
{
    public static ProductionParts Of(ProjectRows rows, ProjectEntry entry, AttributeLibrary library)
    {
        var environment = rows.Environment(rows.Project(entry.Code)?.Id, EnvironmentKind.Production);
        var told = entry.Environments?.Production;
        var before = new PromotionContent(rows.Schemas.FirstOrDefault(s => s.EnvironmentId == environment?.Id)?.Attributes ?? [], environment?.Policies ?? new());
        return new(
            environment is null ? null : new Scope(environment.Id, environment.ProjectId),
            before,
            new(AttributeParts.Of(told?.Attributes ?? [], before.Attributes, library), Over(before.Policies, told?.Policies)));
    }

    /// <summary>The file's policies over those that are there.</summary>
    public static Policies Over(Policies old, PoliciesEntry? told) => new()
    {
        AccessTokenSeconds = told?.AccessTokenSeconds ?? old.AccessTokenSeconds,
        RefreshTokenDays = told?.RefreshTokenDays ?? old.RefreshTokenDays,
        SmsFreePerDay = told?.SmsFreePerDay ?? old.SmsFreePerDay,
        SmsMaxPerDay = told?.SmsMaxPerDay ?? old.SmsMaxPerDay,
        CodesPerDay = told?.CodesPerDay ?? old.CodesPerDay,
        SmsPriceFen = told?.SmsPriceFen ?? old.SmsPriceFen,
        SmsBudgetFen = told?.SmsBudgetFen ?? old.SmsBudgetFen,
        PasswordMinLength = told?.PasswordMinLength ?? old.PasswordMinLength,
        PasswordClasses = told?.PasswordClasses ?? old.PasswordClasses,
        OwnAccounts = told?.OwnAccounts ?? old.OwnAccounts,
        WithheldSources = told?.WithheldSources ?? old.WithheldSources,
    };
}
