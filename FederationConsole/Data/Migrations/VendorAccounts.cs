using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Vendors' own accounts (seed 003): how each app's vendor is asked, and what a vendor granted for a session.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000008_VendorAccounts")]
internal sealed class VendorAccounts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "VendorAccounts",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Enabled = table.Column<bool>(nullable: false),
                TokenUrl = table.Column<string>(maxLength: 2048, nullable: false),
                UserInfoUrl = table.Column<string>(maxLength: 2048, nullable: false),
                ClientId = table.Column<string>(maxLength: 128, nullable: false),
                ClientSecret = table.Column<string>(nullable: false),
                TokenMethod = table.Column<int>(nullable: false),
                Fields = table.Column<string>(nullable: false),
                MobileVerified = table.Column<bool>(nullable: false),
                VerifiedAt = table.Column<long>(nullable: true),
                VerifiedVersion = table.Column<int>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_VendorAccounts", row => row.Id);
                table.ForeignKey("FK_VendorAccounts_Apps_AppId", row => row.AppId, "Apps", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_VendorAccounts_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "VendorGrants",
            columns: table => new
            {
                SessionId = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                OpenId = table.Column<string>(maxLength: 128, nullable: false),
                RefreshToken = table.Column<string>(nullable: true),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_VendorGrants", row => row.SessionId);
                table.ForeignKey("FK_VendorGrants_Sessions_SessionId", row => row.SessionId, "Sessions", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("IX_VendorAccounts_AppId", "VendorAccounts", "AppId");
        migrationBuilder.CreateIndex("IX_VendorAccounts_EnvironmentId_AppId", "VendorAccounts", ["EnvironmentId", "AppId"], unique: true);
    }
}
