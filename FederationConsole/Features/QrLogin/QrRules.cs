using FederationConsole.Platform;

namespace FederationConsole.Features.QrLogin;

/// <summary>What may be set of the QR login: for the console's forms, its service and the project file alike.</summary>
public static class QrRules
{
    public const int MinRefreshes = 0;
    public const int MaxRefreshes = 10;

    public static IReadOnlyList<string> AddressTypes { get; } = [TenantCard.Erp, TenantCard.Ad];

    public static bool AreRefreshes(int number) => number is >= MinRefreshes and <= MaxRefreshes;

    public static bool IsText(string text) => text.Length <= TenantCard.MaxText && !text.Any(char.IsControl);

    public static Fault? Check(TenantCard card) =>
        !AddressTypes.Contains(card.AddressType) ? new Fault(FaultKind.Invalid, nameof(card.AddressType))
        : !IsText(card.CustomerId) ? new Fault(FaultKind.Invalid, nameof(card.CustomerId))
        : !IsText(card.CustomerName) ? new Fault(FaultKind.Invalid, nameof(card.CustomerName))
        : !IsText(card.ErpVersions) ? new Fault(FaultKind.Invalid, nameof(card.ErpVersions))
        : null;

    /// <summary>Whether both say the same, blanks around aside.</summary>
    public static bool Same(TenantCard one, TenantCard other) =>
        (one.CustomerId.Trim(), one.CustomerName.Trim(), one.AddressType, one.ErpVersions.Trim())
        == (other.CustomerId.Trim(), other.CustomerName.Trim(), other.AddressType, other.ErpVersions.Trim());
}
