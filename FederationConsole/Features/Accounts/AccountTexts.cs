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

    internal static string PasswordRule(int min, int max, int classes) =>
        string.Format(CultureInfo.InvariantCulture, Texts.GetString(nameof(PasswordRule), CultureInfo.CurrentUICulture)!, min, max, classes);
}
