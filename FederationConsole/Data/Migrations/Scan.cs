using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>Seed 004: tickets of QR codes, open ids by app, policies and tenant details.</summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000009_Scan")]
internal sealed class Scan : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "ScanTickets",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                SecretHash = table.Column<byte[]>(nullable: false),
                CodeHash = table.Column<byte[]>(nullable: false),
                RedirectUri = table.Column<string>(maxLength: 512, nullable: true),
                State = table.Column<string>(maxLength: 512, nullable: true),
                Browser = table.Column<string>(maxLength: 64, nullable: false),
                System = table.Column<string>(maxLength: 64, nullable: false),
                Place = table.Column<string>(maxLength: 64, nullable: false),
                Address = table.Column<string>(maxLength: 64, nullable: true),
                Client = table.Column<string>(maxLength: 256, nullable: true),
                Number = table.Column<int>(nullable: false),
                Numbers = table.Column<string>(nullable: false),
                Status = table.Column<int>(nullable: false),
                UserId = table.Column<long>(nullable: true),
                CreatedAt = table.Column<long>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                ScannedAt = table.Column<long>(nullable: true),
                DecidedAt = table.Column<long>(nullable: true),
                NumberWasWrong = table.Column<bool>(nullable: false),
                RedeemedAt = table.Column<long>(nullable: true),
                SessionId = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ScanTickets", row => row.Id);
                table.ForeignKey("FK_ScanTickets_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_ScanTickets_Hash", "ScanTickets", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_ScanTickets_CodeHash", "ScanTickets", "CodeHash", unique: true);
        migrationBuilder.CreateIndex("IX_ScanTickets_EnvironmentId_AppId_Id", "ScanTickets", ["EnvironmentId", "AppId", "Id"]);
        migrationBuilder.CreateIndex("IX_ScanTickets_UserId", "ScanTickets", "UserId", filter: "\"UserId\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_ScanTickets_SessionId", "ScanTickets", "SessionId", filter: "\"SessionId\" IS NOT NULL");

        migrationBuilder.CreateTable(
            name: "AppOpenIds",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                UserId = table.Column<long>(nullable: false),
                OpenId = table.Column<string>(maxLength: 40, nullable: false),
                CreatedAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AppOpenIds", row => new { row.UserId, row.AppId });
                table.ForeignKey("FK_AppOpenIds_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_AppOpenIds_AppId_OpenId", "AppOpenIds", ["AppId", "OpenId"], unique: true);

        migrationBuilder.CreateTable(
            name: "QrPolicies",
            columns: table => new
            {
                EnvironmentId = table.Column<long>(nullable: false),
                AppId = table.Column<long>(nullable: false),
                NumberMatching = table.Column<bool>(nullable: false),
                Refreshes = table.Column<int>(nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_QrPolicies", row => new { row.AppId, row.EnvironmentId });
                table.ForeignKey("FK_QrPolicies_Apps_AppId", row => row.AppId, "Apps", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            name: "TenantCards",
            columns: table => new
            {
                ProjectId = table.Column<long>(nullable: false),
                CustomerId = table.Column<string>(maxLength: 64, nullable: false),
                CustomerName = table.Column<string>(maxLength: 64, nullable: false),
                AddressType = table.Column<string>(maxLength: 8, nullable: false),
                ErpVersions = table.Column<string>(maxLength: 64, nullable: false),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_TenantCards", row => row.ProjectId);
                table.ForeignKey("FK_TenantCards_Projects_ProjectId", row => row.ProjectId, "Projects", "Id", onDelete: ReferentialAction.Cascade);
            });
    }
}
