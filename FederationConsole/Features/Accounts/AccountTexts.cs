using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Accounts;

/// <summary>What is said to a face's caller about an account, in the language of the current UI culture.</summary>
public sealed class AccountTexts
{
    private static readonly ResourceManager Texts = new(typeof(AccountTexts));

    private AccountTexts()
    {
    }

    internal static string EmailOfAnother => Text(nameof(EmailOfAnother));

    /// <summary>For whoever finds that a user has an e-mail already: 4001096 has two meanings, and the message tells which.</summary>
    public static string EmailOfOneself => Text(nameof(EmailOfOneself));

    internal static string PasswordRule(int min, int max, int classes) =>
        string.Format(CultureInfo.InvariantCulture, Text(nameof(PasswordRule)), min, max, classes);

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}
