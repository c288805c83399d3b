using System.Globalization;

namespace FederationConsole.Features.Registrations;

/// <summary>Parts of an order as people read them.</summary>
internal static class OrderText
{
    public static string Yuan(int fen) => string.Create(CultureInfo.InvariantCulture, $"¥{fen / 100m:0.00}");

    public static string Items(Order order) => string.Join(" · ", order.Items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Name} × {i.Quantity}")));
}
