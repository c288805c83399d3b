using FederationConsole.Platform;

namespace FederationConsole.Tests.Architecture;

/// <summary>"Who may know whom" of the house plan, held against the compiled product.</summary>
public sealed class ArchitectureTests
{
    /// <summary>
    /// Each feature with the features that it may know. A new line, or a new name in one, is a decision: say why in the commit.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Features = new Dictionary<string, string[]>
    {
        ["Projects"] = [],
        ["Guessing"] = [],
        // What is deleted from the schema is counted among the users first.
        ["Attributes"] = ["Projects", "Accounts"],
        // A check asks the catalog alone: which app, and which secrets it has.
        ["AppTokens"] = ["Projects"],
        ["Accounts"] = ["Projects"],
        ["Sources"] = ["Projects", "Accounts"],
        ["Sessions"] = ["Projects", "Accounts"],
        ["Traces"] = ["Projects", "Accounts", "Sources", "QrLogin"],
        ["Linking"] = ["Projects", "Accounts", "Sources", "Sessions", "SignIn"],
        // A merge ends sessions, so it stands above Accounts, which records the pairs.
        ["Merges"] = ["Projects", "Accounts", "Attributes", "Sessions"],
        ["Events"] = ["Projects"],
        ["Audit"] = ["Projects"],
        ["Administrators"] = ["Projects", "Guessing"],
        // What a file makes of production is a published version.
        ["ProjectFiles"] = ["Projects", "Attributes", "Sources", "Events", "Messages", "VendorAccounts", "Promotion", "QrLogin", "Meetings"],
        // Phone numbers are Accounts'; caps are exact limits.
        ["Messages"] = ["Projects", "Accounts", "Guessing"],
        ["Verifications"] = ["Projects", "Guessing", "Messages"],
        // Registration and recovery are ways in by a code.
        ["SignIn"] = ["Projects", "Accounts", "Sources", "Sessions", "Traces", "Messages", "Verifications"],
        // One more way in, told and counted as the others are; it asks a third party in the words of Sources.
        ["VendorAccounts"] = ["Projects", "Accounts", "Sources", "Sessions", "SignIn", "Traces"],
        // The console's view of a person: Accounts may know no sessions, and no face needs this.
        // It erases a person wherever something is known of them, so it knows all who do.
        ["Users"] = ["Projects", "Accounts", "Attributes", "Sessions", "Sources", "SignIn", "Traces", "Messages", "Verifications", "Registrations"],
        ["QrLogin"] = ["Projects", "Accounts", "Sessions", "Guessing"],
        // An administrator signs in by a code of QrLogin's; neither of the two knows of the other.
        ["ConsoleQr"] = ["Projects", "Accounts", "Administrators", "QrLogin"],
        ["Overview"] = ["Projects", "Accounts", "Sessions", "Sources", "SignIn", "VendorAccounts", "QrLogin"],
        // Where a user's values go is the schema's; what is over is forgotten in one place.
        ["JointLogin"] = ["Projects", "Accounts", "Attributes", "Sessions", "SignIn", "Traces", "AppTokens"],
        // A form asks for values of the types that user attributes have.
        ["Meetings"] = ["Projects", "Attributes"],
        // Attendees are linked to users, and told by the environment's own mail and SMS; links lead to this host, whose address Sources knows.
        ["Registrations"] = ["Projects", "Accounts", "Attributes", "Meetings", "Messages", "Guessing", "Sources"],
        // Which sources are withheld is a policy; what is published carries one number for policies and attributes.
        ["LoginPolicies"] = ["Projects", "Attributes", "Sources"],
        // It compares what both environments have, counts whose values no longer fit, and names policies as their page does.
        ["Promotion"] = ["Projects", "Accounts", "Attributes", "Sources", "Messages", "Events", "LoginPolicies"],
        // The documents come from the composition: features know no faces.
        ["Workbench"] = ["Projects"],
        ["Sandbox"] = [],
    };

    private static readonly House Product = new("FederationConsole", Features);

    [Fact]
    public void Everybody_knows_only_whom_the_plan_allows()
    {
        var faults = Product.Faults(typeof(FaultKind).Assembly);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void The_list_of_features_has_no_circle() => Assert.Null(Product.FindCircle());

    [Fact]
    public void The_list_of_features_names_none_that_it_does_not_list() =>
        Assert.Empty(Features.Values.SelectMany(known => known).Except(Features.Keys));

    [Fact]
    public void Accounts_knows_no_other_feature_but_projects() => Assert.Equal(["Projects"], Features["Accounts"]);
}
